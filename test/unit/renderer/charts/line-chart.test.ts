import { describe, expect, it } from 'vitest'
import { exportedChart } from '@renderer/charts/exported-chart'
import { LayerSplitter } from '@renderer/charts/layers'
import { draw, extentX, lineChart, type LineChart } from '@renderer/charts/line-chart'
import { LIGHT } from '@renderer/charts/theme'

const steps = [1, 10, 100, 1000]
const chart: LineChart = {
  series: [
    { id: 'raw', name: 'run a', color: '#0072B2', points: { x: steps, y: [2.5, 1, 0.2, 0.05] }, faint: true },
    { id: 'a', name: 'run a', color: '#0072B2', points: { x: steps, y: [2.5, 1.2, 0.3, 0.08] } },
    { id: 'v', name: 'run a · validation', color: '#0072B2', points: { x: [500], y: [0.1] }, dashed: true },
  ],
  bands: [{ id: 'band', color: '#E69F00', x: steps, low: [2, 0.5, -0.1, 0.01], high: [3, 1.5, 0.4, 0.1] }],
  marks: [{ x: 100, label: 'pause' }],
  xName: 'step',
  xScale: 'linear',
  yScale: 'linear',
  range: null,
  width: 470,
  theme: LIGHT,
}

/** A plot of 400 × 200 pixels over the option's axes. */
function api(option: object) {
  const { xAxis, yAxis } = option as Readonly<Record<'xAxis' | 'yAxis', { min: number; max: number }>>
  return { coord: ([x, y]: readonly [number, number]) => [(400 * (x - xAxis.min)) / (xAxis.max - xAxis.min), 200 - (200 * (y - yAxis.min)) / (yAxis.max - yAxis.min)] }
}

interface Layer {
  readonly id: string
  readonly data: readonly unknown[]
  renderItem(params: { dataIndex: number }, api: unknown): object
}

/** The option as data: what is drawn in place of how to draw it. */
function golden(option: object): unknown {
  const series = (option as { readonly series: readonly Layer[] }).series.map((layer) => ({ ...layer, drawn: layer.data.map((_, dataIndex) => layer.renderItem({ dataIndex }, api(option))) }))
  return JSON.parse(
    JSON.stringify({ ...option, series }, (_key, value: unknown) => {
      if (value instanceof Float64Array) return Array.from(value, (each) => (Number.isNaN(each) ? 'NaN' : Math.round(each * 1000) / 1000))
      return typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e6) / 1e6 : value
    }),
  )
}

async function matches(option: object, name: string): Promise<void> {
  await expect(`${JSON.stringify(golden(option), null, 1)}\n`).toMatchFileSnapshot(`golden/${name}.json`)
}

describe('line charts', () => {
  it('are drawn as they were: linear', async () => await matches(lineChart(chart), 'linear'))
  it('are drawn as they were: logarithmic', async () => await matches(lineChart({ ...chart, xScale: 'log', yScale: 'log' }), 'logarithmic'))
  it('are drawn as they were: zoomed', async () => await matches(lineChart({ ...chart, range: [5, 200] }), 'zoomed'))
  it('are drawn as they were: nothing', async () => await matches(lineChart({ ...chart, series: [], bands: [], marks: [] }), 'nothing'))
  it('are drawn as they were: as a picture of their own', async () => await matches(exportedChart(chart, { title: 'Loss', words: 'by step' }).option, 'exported'))

  it('lay the few points of validation over the many of all training curves, and raw ones under all', () => {
    const [raw, trained, validation] = chart.series
    const other = [{ ...trained, id: 'b' }, { ...raw, id: 'b raw' }]
    expect(draw({ ...chart, series: [validation, trained, raw, ...other] }).curves.map(({ series }) => series.id)).toEqual(['raw', 'b raw', 'a', 'b', 'v'])
  })

  it('write a mark to the left of its line where the border or the next mark leaves no room, below the one before', () => {
    const marks = [{ x: 100, label: 'near' }, { x: 110, label: 'free' }, { x: 995, label: 'border' }]
    const series = [{ ...chart.series[1], points: { x: [0, 1000], y: [0, 1] } }]
    interface Marks {
      readonly series: readonly { readonly id: string; readonly drawn: readonly { readonly children: readonly { readonly style: object }[] }[] }[]
    }
    const drawn = (of: typeof marks) => (golden(lineChart({ ...chart, series, bands: [], marks: of })) as Marks).series.find(({ id }) => id === 'marks')?.drawn.map(({ children }) => children[1].style)
    expect(drawn(marks)).toMatchObject([{ text: 'near', align: 'right', x: 37, y: 2 }, { text: 'free', align: 'left', x: 47, y: 2 }, { text: 'border', align: 'right', x: 395, y: 28 }])
    // Chinese characters need more room than as many letters.
    expect(drawn([{ x: 955, label: 'ab' }])).toMatchObject([{ align: 'left' }])
    expect(drawn([{ x: 955, label: '暂停' }])).toMatchObject([{ align: 'right' }])
  })

  it('fit y to the part of x that is shown', () => {
    expect(draw(chart).y).toEqual([-1, 3])
    expect(draw({ ...chart, bands: [], range: [90, 1100] }).y).toEqual([0.05, 0.3])
  })

  it('begin a logarithmic x axis at the first positive value', () => {
    const series = [{ ...chart.series[1], points: { x: [-1, 0, 2, 8], y: [1, 2, 3, 4] } }]
    expect(extentX({ series, range: null, xScale: 'log' })).toEqual([2, 8])
    expect(extentX({ series, range: [0, 4], xScale: 'log' })).toEqual([2, 4])
    expect(extentX({ series, range: null, xScale: 'linear' })).toEqual([-1, 8])
    const steps = [{ ...chart.series[1], points: { x: [1, 30], y: [1, 2] } }]
    expect(extentX({ series: steps, range: null, xScale: 'linear' })).toEqual([0, 30])
    expect(extentX({ series: steps, range: null, xScale: 'log' })).toEqual([1, 30])
    expect(extentX({ series: steps, range: [1, 2], xScale: 'linear' })).toEqual([1, 2])
    expect(extentX({ series: [], range: null, xScale: 'log' })).toEqual([1, 10])
  })

  it('has room around a single point', () => {
    const series = [{ ...chart.series[1], points: { x: [7], y: [1] } }]
    expect(extentX({ series, range: null, xScale: 'linear' })).toEqual([6, 8])
  })
})

describe('layers', () => {
  const growing = (points: number): LineChart => {
    const x = Float64Array.from({ length: points }, (_, index) => index + 1)
    return { ...chart, bands: [], series: [chart.series[1], { id: 'live', name: 'live', color: 'red', live: true, points: { x, y: x.map((each) => 1 / each) } }] }
  }

  it('draw what stands still once while the rest grows', () => {
    const splitter = new LayerSplitter()
    const first = splitter.split(growing(10))
    const second = splitter.split(growing(200))
    expect(second.still).toBe(first.still)
    expect(second.live?.series.map(({ id }) => id)).toEqual(['live'])
    expect(first.still.series.map(({ id }) => id)).toEqual(['a'])
  })

  it('have the same axes', () => {
    const { still, live } = new LayerSplitter().split(growing(5000))
    expect(live?.xRange).toEqual(still.xRange)
    expect(live?.yRange).toEqual(still.yRange)
    expect(still.xRange?.[1]).toBeGreaterThanOrEqual(5000)
    expect(lineChart(still).xAxis).toMatchObject({ min: 0, max: still.xRange?.[1] })
  })

  it('draw below anew when the axes move or something is added', () => {
    const splitter = new LayerSplitter()
    const { still } = splitter.split(growing(10))
    expect(splitter.split(growing(3000)).still).not.toBe(still)
    const more = growing(10)
    expect(new LayerSplitter().split({ ...more, series: [...more.series, chart.series[2]] }).still.series).toHaveLength(2)
  })

  it('are one where nothing grows, and axes only below where everything does', () => {
    const splitter = new LayerSplitter()
    expect(splitter.split(chart)).toEqual({ still: chart, live: null })
    const alone = (points: number): LineChart => ({ ...growing(points), series: [growing(points).series[1]] })
    const { still, live } = splitter.split(alone(820))
    expect(still.series).toEqual([])
    expect(live?.series.map(({ id }) => id)).toEqual(['live'])
    expect(splitter.split(alone(830)).still).toBe(still)
  })

  it('hold the extremes of both', () => {
    const tall = growing(10)
    const { still } = new LayerSplitter().split({ ...tall, series: [chart.series[1], { ...tall.series[1], points: { x: [1, 2], y: [40, 0] } }] })
    expect(still.yRange).toEqual([0, 40])
  })
})
