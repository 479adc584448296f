import { BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart } from 'echarts/charts'
import { DataZoomComponent, GridComponent, MarkLineComponent, ParallelComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { registerCurveShape } from './curve-shape'

use([BarChart, CanvasRenderer, CustomChart, DataZoomComponent, GridComponent, HeatmapChart, LineChart, MarkLineComponent, ParallelChart, ParallelComponent, ScatterChart, SVGRenderer, TooltipComponent, VisualMapComponent])
registerCurveShape()

export function createChart(host: HTMLElement): EChartsType {
  return init(host, undefined, { renderer: 'canvas' })
}

/** A picture as vectors, drawn anew: the text of an SVG file. */
export function svgPicture(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, undefined, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

/** A picture as pixels at twice the size, drawn anew: a PNG file. */
export async function pngPicture(option: EChartsCoreOption, width: number, height: number): Promise<Blob> {
  const chart = init(document.createElement('div'), undefined, { renderer: 'canvas', width, height, devicePixelRatio: 2 })
  try {
    chart.setOption(option)
    const canvas = chart.renderToCanvas({ pixelRatio: 2 })
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob)), 'image/png'))
  } finally {
    chart.dispose()
  }
}
