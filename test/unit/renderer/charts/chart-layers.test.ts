import { CustomChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { describe, expect, it } from 'vitest'
import { LayerPainter } from '@renderer/charts/chart-layers'
import { registerCurveShape } from '@renderer/charts/curve-shape'
import { answerLayer } from '@renderer/charts/decision-boundary'
import { axesOf, axesOption, curveLayer, draw, lineChart, type LineChart } from '@renderer/charts/line-chart'
import { LIGHT } from '@renderer/charts/theme'

use([CustomChart, GridComponent, SVGRenderer])
registerCurveShape()

const x = Float64Array.from({ length: 500 }, (_, index) => index + 1)
const chart: LineChart = {
  series: [
    { id: 'a', name: 'a', color: '#0072B2', points: { x, y: x.map((each) => Math.sin(each / 300) + Math.sin(each * 1.7) / 5) } },
    { id: 'b', name: 'b', color: '#D55E00', points: { x: [10, 200, 300, 400], y: [0.5, NaN, 0.25, NaN] }, dashed: true },
  ],
  bands: [{ id: 'band', color: '#009E73', x: [1, 250, 500], low: [-1, -0.5, -0.25], high: [0, 0.5, 1] }],
  marks: [{ x: 200, label: 'pause' }],
  xName: 'step',
  xScale: 'linear',
  yScale: 'linear',
  range: null,
  width: 640,
  theme: LIGHT,
}
const SIZE = { width: 640, height: 240 }

function opened(option: EChartsCoreOption) {
  const instance = init(null, undefined, { renderer: 'svg', ssr: true, ...SIZE })
  instance.setOption(option)
  return { instance, painter: new LayerPainter(instance) }
}

/** Shapes and texts of a picture: where they are and in which color. */
function drawn(svg: string): readonly string[] {
  const places = [...svg.matchAll(/<(?:path|text|circle)[^>]*>/g)].map(([each]) => [...each.matchAll(/ (?:d|cx|cy|transform|stroke|stroke-dasharray)="[^"]*"/g)].join(''))
  return [...new Set(places)].sort()
}

describe('layers of a chart', () => {
  it.each([
    ['linear', chart],
    ['logarithmic and zoomed', { ...chart, xScale: 'log', yScale: 'log', range: [5, 400] }],
  ] as const)('show what the chart in one piece shows: %s', (_name, shown) => {
    const drawing = draw(shown)
    const { instance, painter } = opened(axesOption(axesOf(shown, drawing)))
    painter.show([curveLayer(shown, drawing, 1)])
    const picture = drawn(instance.renderToSVGString())
    expect(picture).toEqual(drawn(opened(lineChart(shown)).instance.renderToSVGString()))
    expect(picture.some((each) => each.includes('#0072B2'))).toBe(true)
    instance.dispose()
  })

  it('are drawn anew only where they changed, and leave with their level', () => {
    const drawing = draw(chart)
    const { instance, painter } = opened(axesOption(axesOf(chart, drawing)))
    const asked = [0, 0]
    const layers = [1, 2].map((level, index) => {
      const layer = curveLayer({ ...chart, bands: [], marks: [], series: [chart.series[index]] }, drawing, level)
      return { ...layer, items: (api: Parameters<typeof layer.items>[0]) => (asked[index]++, layer.items(api)) }
    })
    painter.show(layers)
    painter.show([layers[0], { ...layers[1] }])
    expect(asked).toEqual([1, 2])
    painter.forget()
    painter.show([layers[0]])
    expect(asked).toEqual([2, 2])
    const before = drawn(instance.renderToSVGString())
    painter.show([])
    expect(drawn(instance.renderToSVGString()).length).toBeLessThan(before.length)
    instance.dispose()
  })

  it('keep within the axes', () => {
    const drawing = draw({ ...chart, yRange: [0, 0.1] })
    const { instance, painter } = opened(axesOption(axesOf(chart, drawing)))
    painter.show([curveLayer(chart, drawing, 1)])
    expect(instance.renderToSVGString()).toMatch(/<clipPath/)
    instance.dispose()
  })

  it('hold a model\u2019s answers between the corners that they cover', () => {
    const { items } = answerLayer('picture', { x: [-1, 3], y: [0, 2] })
    const api = { coord: ([left, up]: readonly [number, number]) => [10 * left, 100 - 10 * up] }
    expect(items(api)).toEqual([{ type: 'image', style: { image: 'picture', x: -10, y: 80, width: 40, height: 20, opacity: expect.any(Number) as number } }])
  })
})
