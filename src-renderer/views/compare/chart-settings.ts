import type { Scale } from '@renderer/charts/scale'
import { X_UNITS, type XUnit } from './x-axis'

/** How one metric's chart is drawn; remembered. */
export interface ChartSettings {
  /** `loss`: its curves are `train.loss`, `epoch.loss`, `val.loss`. */
  readonly metric: string
  readonly x: XUnit
  readonly xScale: Scale
  readonly yScale: Scale
  /** α of the moving average, 0 to 0.99; 0: none. */
  readonly smoothing: number
  /** Columns of the grid that it takes. */
  readonly span: 1 | 2 | 3
  /** Pixels. */
  readonly height: number
}

/** The curves of a metric that are drawn. */
export const PARTS = ['train', 'epoch', 'validation'] as const
export type Part = (typeof PARTS)[number]

export const BANDS = ['range', 'deviation'] as const
export type BandKind = (typeof BANDS)[number]

/** How runs are put together: not at all, by what differs in the seed only, or by a field of their documents. */
export type Grouping = { readonly by: 'none' } | { readonly by: 'seed' } | { readonly by: 'field'; readonly field: string }

export interface CompareSettings {
  readonly columns: 1 | 2 | 3
  /** In the order of the grid; metrics that are absent here are shown after them. */
  readonly charts: readonly ChartSettings[]
  /** Metrics that are left out of the grid. */
  readonly hidden: readonly string[]
  readonly parts: readonly Part[]
  readonly grouping: Grouping
  readonly band: BandKind
}

export const HEIGHT = 300
export const LEAST_HEIGHT = 160
export const MOST_HEIGHT = 900
export const MOST_SMOOTHING = 0.99

export const INITIAL: CompareSettings = { columns: 2, charts: [], hidden: ['learningRate', 'penalty'], parts: ['train', 'validation'], grouping: { by: 'none' }, band: 'range' }

export function initialChart(metric: string): ChartSettings {
  return { metric, x: 'step', xScale: 'linear', yScale: 'linear', smoothing: 0, span: 1, height: HEIGHT }
}

export function isCompareSettings(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { columns, charts, hidden, parts, grouping, band } = value as Partial<CompareSettings>
  return (
    (columns === 1 || columns === 2 || columns === 3) &&
    Array.isArray(charts) &&
    charts.every(isChartSettings) &&
    Array.isArray(hidden) &&
    Array.isArray(parts) &&
    parts.every((part: unknown) => PARTS.includes(part as Part)) &&
    isGrouping(grouping) &&
    BANDS.includes(band as BandKind)
  )
}

function isChartSettings(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { metric, x, xScale, yScale, smoothing, span, height } = value as Partial<ChartSettings>
  const scale = (each: unknown): boolean => each === 'linear' || each === 'log'
  const number = (each: unknown, least: number, most: number): boolean => typeof each === 'number' && each >= least && each <= most
  return typeof metric === 'string' && X_UNITS.includes(x as XUnit) && scale(xScale) && scale(yScale) && number(smoothing, 0, MOST_SMOOTHING) && number(span, 1, 3) && number(height, LEAST_HEIGHT, MOST_HEIGHT)
}

function isGrouping(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('by' in value)) return false
  return value.by === 'none' || value.by === 'seed' || (value.by === 'field' && 'field' in value && typeof value.field === 'string')
}

/** The charts of these metrics in the remembered order, new metrics last, left-out ones not at all. */
export function shownCharts({ charts, hidden }: CompareSettings, metrics: readonly string[]): ChartSettings[] {
  const wanted = metrics.filter((metric) => !hidden.includes(metric))
  const known = charts.filter(({ metric }) => wanted.includes(metric))
  const fresh = wanted.filter((metric) => !known.some((chart) => chart.metric === metric))
  // What the person chose for the others holds for a new one too.
  const pattern = charts.at(-1)
  return [...known, ...fresh.map((metric) => ({ ...initialChart(metric), ...(pattern === undefined ? {} : { x: pattern.x, xScale: pattern.xScale, smoothing: pattern.smoothing }) }))]
}

/** With some charts changed. Those of metrics that are not shown keep their settings. */
export function withCharts(settings: CompareSettings, shown: readonly ChartSettings[]): CompareSettings {
  const others = settings.charts.filter(({ metric }) => !shown.some((chart) => chart.metric === metric))
  return { ...settings, charts: [...others, ...shown] }
}

/** Moves a chart by some places, as far as it goes. */
export function moved(charts: readonly ChartSettings[], metric: string, to: number): ChartSettings[] {
  const chart = charts.find((each) => each.metric === metric)
  const others = charts.filter((each) => each.metric !== metric)
  if (chart === undefined) return [...charts]
  others.splice(Math.max(0, Math.min(others.length, to)), 0, chart)
  return others
}
