import type { EChartsCoreOption } from 'echarts/core'
import { formatNumber } from '@renderer/components/numbers'
import { decimate, type Points } from './decimate'
import type { ChartTheme } from './theme'

export interface LineSeries {
  /** Stable: keeps its place when others come and go. */
  readonly id: string
  /** Shown in the legend and on hover. */
  readonly name: string
  readonly color: string
  readonly points: Points
  readonly dashed?: boolean
  /** Drawn thin and pale behind the others: the raw curve under its smoothed one. Not in the legend. */
  readonly faint?: boolean
}

/** Vertical line with a word: a pause, a changed learning rate. */
export interface ChartMark {
  readonly x: number
  readonly label: string
}

/** Area between two curves over the same x. */
export interface Band {
  readonly id: string
  readonly color: string
  readonly x: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
}

export interface LineChart {
  readonly series: readonly LineSeries[]
  readonly bands?: readonly Band[]
  readonly marks?: readonly ChartMark[]
  readonly xName: string
  readonly xScale: 'linear' | 'log'
  readonly yScale: 'linear' | 'log'
  /** Part of x that is shown; null: everything. */
  readonly range: readonly [number, number] | null
  /** Width of the plot in pixels: decides how many points are drawn. */
  readonly width: number
  readonly theme: ChartTheme
  readonly formatX?: (x: number) => string
}

/** Curves over a common x, exact at every zoom: what is drawn is the minimum and maximum of every pixel column. */
export function lineChart(chart: LineChart): EChartsCoreOption {
  const [from, to] = chart.range ?? extent(chart)
  const { theme, formatX = (x: number) => formatNumber(x) } = chart
  const columns = Math.max(50, Math.floor(chart.width))
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 56, right: 16, top: 12, bottom: 28 },
    xAxis: { ...axis(theme), type: chart.xScale === 'log' ? 'log' : 'value', min: lowest(from, chart.xScale), max: to, name: chart.xName, nameLocation: 'end', nameGap: 4, axisLabel: { color: theme.soft, fontSize: 11, hideOverlap: true, formatter: formatX } },
    yAxis: { ...axis(theme), type: chart.yScale === 'log' ? 'log' : 'value', scale: true, axisLabel: { color: theme.soft, fontSize: 11, formatter: (y: number) => formatNumber(y, 3) } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: theme.surface,
      borderColor: theme.line,
      textStyle: { color: theme.text, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? formatNumber(value) : '–'),
      axisPointer: { type: 'line', lineStyle: { color: theme.soft } },
    },
    series: [
      ...(chart.bands ?? []).flatMap((band) => bandSeries(band)),
      ...chart.series.map((series, index) => lineOption(series, chart, from, to, columns, index === 0 ? (chart.marks ?? []) : [])),
    ],
  }
}

function lineOption(series: LineSeries, chart: LineChart, from: number, to: number, columns: number, marks: readonly ChartMark[]): object {
  return {
    id: series.id,
    name: series.name,
    type: 'line',
    data: positive(decimate(series.points, from, to, columns), chart),
    dimensions: ['x', 'y'],
    showSymbol: series.points.x.length === 1,
    symbolSize: 6,
    silent: series.faint,
    tooltip: series.faint ? { show: false } : undefined,
    color: series.color,
    lineStyle: { width: series.faint ? 1 : 1.5, type: series.dashed ? 'dashed' : 'solid', opacity: series.faint ? 0.3 : 1 },
    markLine: marks.length === 0 ? undefined : markLine(marks, chart.theme),
    z: series.faint ? 1 : 2,
  }
}

/** A logarithmic axis has no place for what is not positive: such points are gaps. */
function positive(interleaved: Float64Array, { xScale, yScale }: LineChart): (number | null)[][] {
  const rows: (number | null)[][] = []
  for (let at = 0; at < interleaved.length; at += 2) {
    const [x, y] = [interleaved[at], interleaved[at + 1]]
    if (xScale === 'log' && x <= 0) continue
    rows.push([x, Number.isFinite(y) && (yScale === 'linear' || y > 0) ? y : null])
  }
  return rows
}

function bandSeries({ id, color, x, low, high }: Band): object[] {
  const rows = (values: (index: number) => number): number[][] => Array.from({ length: x.length }, (_, index) => [x[index], values(index)])
  const common = { type: 'line', showSymbol: false, silent: true, stack: `band-${id}`, stackStrategy: 'all', lineStyle: { opacity: 0 }, tooltip: { show: false }, z: 0 }
  return [
    { ...common, id: `${id}-low`, data: rows((index) => low[index]) },
    { ...common, id: `${id}-high`, data: rows((index) => high[index] - low[index]), areaStyle: { color, opacity: 0.18 } },
  ]
}

function markLine(marks: readonly ChartMark[], theme: ChartTheme): object {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: theme.soft, type: 'dotted' },
    label: { color: theme.soft, fontSize: 10, formatter: '{b}' },
    data: marks.map(({ x, label }) => ({ xAxis: x, name: label })),
  }
}

function axis(theme: ChartTheme): object {
  return {
    nameTextStyle: { color: theme.soft, fontSize: 11 },
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { lineStyle: { color: theme.line } },
    splitLine: { lineStyle: { color: theme.line, opacity: 0.5 } },
  }
}

function extent({ series }: LineChart): readonly [number, number] {
  let from = Infinity
  let to = -Infinity
  for (const { points } of series) {
    if (points.x.length === 0) continue
    from = Math.min(from, points.x[0])
    to = Math.max(to, points.x[points.x.length - 1])
  }
  return from <= to ? [from, to] : [0, 1]
}

function lowest(from: number, scale: 'linear' | 'log'): number {
  return scale === 'log' ? Math.max(from, 1e-12) : from
}
