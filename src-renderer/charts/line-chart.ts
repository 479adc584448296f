import type { EChartsCoreOption } from 'echarts/core'
import { formatNumber } from '@renderer/components/numbers'
import type { ChartLayer } from './chart-layers'
import { areaItem, curveItem, markItem, type Coordinates, type Frame, type Item } from './curve-items'
import { decimateOnce, type Points } from './decimate'
import { decimateBand, type Band } from './band'
import { position, roundExtent, ticks, valueAt, type Scale } from './scale'
import { FONT, type ChartTheme } from './theme'

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
  /** Grows while it is shown: drawn apart from those that do not. */
  readonly live?: boolean
}

/** Vertical line with a word: a pause, a changed learning rate. */
export interface ChartMark {
  readonly x: number
  readonly label: string
}

export interface LineChart {
  readonly series: readonly LineSeries[]
  readonly bands?: readonly Band[]
  readonly marks?: readonly ChartMark[]
  readonly xName: string
  readonly xScale: Scale
  readonly yScale: Scale
  /** Part of x that is shown; null: everything. */
  readonly range: readonly [number, number] | null
  /** Width of the chart in pixels: decides how many points are drawn. */
  readonly width: number
  readonly theme: ChartTheme
  readonly formatX?: (x: number) => string
  /** All there is to x; absent: as far as the curves reach. */
  readonly xRange?: readonly [number, number]
  /** Part of y that is shown; absent: the extremes of what is drawn, rounded. */
  readonly yRange?: readonly [number, number]
}

/** Axes, and everything that these follow from. */
export interface Axes {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly xName: string
  readonly xScale: Scale
  readonly yScale: Scale
  readonly width: number
  readonly theme: ChartTheme
  readonly formatX: (x: number) => string
}

/** Room around the plot, pixels: whoever turns a pointer's place into a value needs it. */
export const MARGIN = { left: 56, right: 14, top: 10, bottom: 36 } as const

/** Distance between ticks, pixels. */
const X_TICK = 60
const Y_TICKS = 5
const MIN_COLUMNS = 50
/** Share of an axis. */
const NEXT_TO_ZERO = 0.05

/** What is drawn of a chart: values in data coordinates. */
export interface Drawing {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  /** `[x, y]` interleaved, as many as pixels can show. */
  readonly curves: readonly { readonly series: LineSeries; readonly xy: Float64Array }[]
  readonly bands: readonly Band[]
}

/**
 * Curves over a common x, exact at every zoom: what is drawn is the minimum and maximum of every pixel column. A picture in
 * one piece, for files; `LineChart.vue` shows the axes and, apart from them, the curves.
 */
export function lineChart(chart: LineChart): EChartsCoreOption {
  const drawing = draw(chart)
  const series = Object.entries(painters(chart, drawing)).map(([id, paint]) => customSeries(id, paint))
  return { ...axesOption(axesOf(chart, drawing)), series }
}

export function axesOf({ xName, xScale, yScale, width, theme, formatX = (x) => formatNumber(x) }: LineChart, { x, y }: Drawing): Axes {
  return { x, y, xName, xScale, yScale, width, theme, formatX }
}

/** Axes without anything in them. */
export function axesOption({ x, y, xName, xScale, yScale, width, theme, formatX }: Axes): EChartsCoreOption {
  const xCount = Math.max(2, Math.floor((width - MARGIN.left - MARGIN.right) / X_TICK))
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: MARGIN,
    xAxis: { ...axis(theme, xScale, x, xCount, formatX), name: xName, nameLocation: 'middle', nameGap: 20 },
    yAxis: axis(theme, yScale, y, Y_TICKS, (value) => formatNumber(value, 3)),
  }
}

/** What is between the axes, on the canvas of that level: drawing it anew costs no layout of axes. */
export function curveLayer(chart: LineChart, drawing: Drawing, level: number): ChartLayer {
  const { xScale, yScale } = chart
  const { x, y } = drawing
  return {
    level,
    corners: [[position(xScale, x[0]), position(yScale, y[0])], [position(xScale, x[1]), position(yScale, y[1])]],
    items: (api) => Object.values(painters(chart, drawing)).flatMap((paint) => paint.map((item) => item(api))),
  }
}

type Painter = (api: Coordinates) => Item

/** One for each thing to draw, the lowest first. */
function painters(chart: LineChart, drawing: Drawing): Readonly<Record<'bands' | 'curves' | 'marks', readonly Painter[]>> {
  const frame: Frame = { x: drawing.x, y: drawing.y, xScale: chart.xScale, yScale: chart.yScale, columns: columnsOf(chart) }
  const { marks = [] } = chart
  return {
    bands: drawing.bands.map((band) => (api) => areaItem(band, frame, api)),
    curves: drawing.curves.map((curve) => (api) => curveItem(curve, frame, api)),
    marks: marks.map((_, index) => (api) => markItem(marks, index, frame, chart.theme, api)),
  }
}

/** What there is to draw at this width and range. */
export function draw(chart: LineChart): Drawing {
  const x = extentX(chart)
  const columns = columnsOf(chart)
  const curves = [...chart.series]
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map((series) => ({ series, xy: decimateOnce(series.points, x[0], x[1], columns, chart.xScale) }))
  const bands = (chart.bands ?? []).map((band) => decimateBand(band, x[0], x[1], columns))
  return { x, y: chart.yRange ?? roundedY(chart.yScale, extremesY(chart.yScale, x, curves, bands)), curves, bands }
}

/** Raw curves lie lowest, validation highest: it has few points, which the many of training would hide. */
function rankOf({ faint = false, dashed = false }: LineSeries): number {
  return faint ? 0 : dashed ? 2 : 1
}

/** Lowest and highest value that a chart shows; null when it shows none. */
export function extremesOf(chart: LineChart): readonly [number, number] | null {
  const { x, curves, bands } = draw({ ...chart, yRange: [0, 1] })
  return extremesY(chart.yScale, x, curves, bands)
}

/** The y axis of several charts together. */
export function roundedY(scale: Scale, extremes: readonly [number, number] | null): readonly [number, number] {
  if (extremes === null) return scale === 'log' ? [0.1, 1] : [0, 1]
  return roundExtent(scale, extremes[0], extremes[1], Y_TICKS)
}

function columnsOf({ width }: Pick<LineChart, 'width'>): number {
  return Math.max(MIN_COLUMNS, Math.floor(width - MARGIN.left - MARGIN.right))
}

function customSeries(id: string, paint: readonly Painter[]): object {
  return {
    id,
    type: 'custom',
    clip: true,
    silent: true,
    data: paint.map((_, index) => [index]),
    encode: { x: [], y: [] },
    renderItem: ({ dataIndex }: { dataIndex: number }, api: Coordinates) => paint[dataIndex](api),
  }
}

/** The axis itself is linear: logarithms are ours, and so are the ticks, which ECharts sets at powers of ten only. */
function axis(theme: ChartTheme, scale: Scale, [from, to]: readonly [number, number], count: number, format: (value: number) => string): object {
  const values = ticks(scale, from, to, count)
  const places = values.map((value) => position(scale, value))
  const labels = new Map(places.map((place, index) => [place, format(values[index])]))
  return {
    type: 'value',
    show: true,
    min: position(scale, from),
    max: position(scale, to),
    nameTextStyle: { color: theme.soft, fontSize: 11 },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: true, customValues: places, lineStyle: { color: theme.line } },
    axisLabel: { customValues: places, color: theme.soft, fontSize: 11, hideOverlap: true, formatter: (place: number) => labels.get(place) ?? format(valueAt(scale, place)) },
    splitLine: { show: true, lineStyle: { color: theme.line, opacity: 0.5 } },
  }
}

/** Shown part of x; on a logarithmic axis it begins at the first positive value. */
export function extentX({ series, bands = [], range, xScale, xRange }: Pick<LineChart, 'series' | 'bands' | 'range' | 'xScale' | 'xRange'>): readonly [number, number] {
  let [from, to] = xRange ?? fromZero(reach([...series.map(({ points }) => points), ...bands], xScale), xScale)
  if (range !== null) [from, to] = [xScale === 'log' && range[0] <= 0 ? from : range[0], range[1]]
  if (!(from <= to)) return xScale === 'log' ? [1, 10] : [0, 1]
  if (from === to) return xScale === 'log' ? [from / 2, to * 2] : [from - 1, to + 1]
  return [from, to]
}

/** A linear axis that begins next to zero begins there: the first step is 1. */
function fromZero([from, to]: readonly [number, number], scale: Scale): readonly [number, number] {
  return scale === 'linear' && from > 0 && from < NEXT_TO_ZERO * to ? [0, to] : [from, to]
}

function reach(curves: readonly { readonly x: ArrayLike<number> }[], xScale: Scale): [number, number] {
  let from = Infinity
  let to = -Infinity
  for (const { x } of curves) {
    const first = xScale === 'log' ? firstPositive(x) : 0
    if (first >= x.length) continue
    from = Math.min(from, x[first])
    to = Math.max(to, x[x.length - 1])
  }
  return [from, to]
}

function firstPositive(x: ArrayLike<number>): number {
  let first = 0
  while (first < x.length && !(x[first] > 0)) first++
  return first
}

function extremesY(scale: Scale, [from, to]: readonly [number, number], curves: Drawing['curves'], bands: readonly Band[]): readonly [number, number] | null {
  const extent = new Extent(scale)
  for (const { xy } of curves) {
    for (let at = 0; at < xy.length; at += 2) if (xy[at] >= from && xy[at] <= to) extent.add(xy[at + 1])
  }
  for (const { x, low, high } of bands) {
    for (let at = 0; at < x.length; at++) {
      if (x[at] < from || x[at] > to) continue
      extent.add(low[at])
      extent.add(high[at])
    }
  }
  return extent.low > extent.high ? null : [extent.low, extent.high]
}

class Extent {
  low = Infinity
  high = -Infinity

  constructor(private readonly scale: Scale) {}

  add(value: number): void {
    if (!Number.isFinite(value) || (this.scale === 'log' && value <= 0)) return
    if (value < this.low) this.low = value
    if (value > this.high) this.high = value
  }
}
