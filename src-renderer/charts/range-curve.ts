import { RUN_COLORS } from '@shared/lib/run-colors'
import type { RangeResult } from '@shared/range-test'
import type { ChartMark, LineChart, LineSeries } from './line-chart'

/** A range test's curve, and how it is shown. */
export interface RangeCurveLine extends RangeResult {
  readonly name: string
  readonly color?: string
  /** Loss of every update, drawn pale behind the smoothed one. */
  readonly losses?: readonly number[]
  /** Its suggestion is marked. */
  readonly marked?: boolean
}

/** The smoothed losses of range tests over the learning rate, which grows by equal factors. */
export function rangeCurveChart(lines: readonly RangeCurveLine[], names: { readonly rate: string; readonly suggested: string; readonly highest?: string }): Omit<LineChart, 'range' | 'width' | 'theme'> {
  return {
    series: lines.flatMap(seriesOf),
    xName: names.rate,
    xScale: 'log',
    yScale: 'linear',
    ...heightOf(lines),
    marks: lines.flatMap(({ marked = true, suggested, highest }): ChartMark[] => [
      ...(marked && suggested !== null ? [{ x: suggested, label: names.suggested }] : []),
      ...(marked && highest !== null && names.highest !== undefined ? [{ x: highest, label: names.highest }] : []),
    ]),
  }
}

function seriesOf({ name, color = RUN_COLORS[0], rates, smoothed, losses }: RangeCurveLine, index: number): LineSeries[] {
  const x = Float64Array.from(rates)
  const raw: LineSeries[] = losses === undefined ? [] : [{ id: `raw-${index}`, name, color, faint: true, points: { x, y: Float64Array.from(losses.slice(0, rates.length)) } }]
  return [...raw, { id: `range-${index}`, name, color, points: { x, y: Float64Array.from(smoothed) } }]
}

/** Room for what is smoothed: a single update's loss may lie far outside. */
function heightOf(lines: readonly RangeCurveLine[]): Pick<LineChart, 'yRange'> {
  const values = lines.flatMap(({ smoothed }) => smoothed)
  if (values.length === 0) return {}
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity])
  const margin = (high - low || Math.abs(high) || 1) * 0.08
  return { yRange: [low - margin, high + margin] }
}
