import type { ChartMark, LineChart, LineSeries } from '@renderer/charts/line-chart'
import { lowerBound, type Points } from '@renderer/charts/decimate'
import { smooth } from '@renderer/charts/smooth'
import type { GrowingSeries } from '@renderer/stores/series'
import { LiveCurve } from './live-curve'
import type { MetricGroup } from './metric-groups'

/** How a person wants the charts of a live run. */
export interface ChartSettings {
  /** Every step's value, or the means of whole epochs. */
  readonly per: 'step' | 'epoch'
  /** What the x axis counts. */
  readonly x: 'step' | 'epoch'
  /** α of the moving average over steps; 0: none. */
  readonly smoothing: number
  readonly logarithmic: boolean
}

export const DEFAULT_SETTINGS: ChartSettings = { per: 'step', x: 'epoch', smoothing: 0.9, logarithmic: false }

export function isChartSettings(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { per, x, smoothing, logarithmic } = value as Partial<ChartSettings>
  return (per === 'step' || per === 'epoch') && (x === 'step' || x === 'epoch') && typeof smoothing === 'number' && smoothing >= 0 && smoothing < 1 && typeof logarithmic === 'boolean'
}

/** A chart but for what the component that draws it knows itself. */
export type ShownChart = Omit<LineChart, 'range' | 'width' | 'theme'>

export interface MetricChartInput {
  readonly group: MetricGroup
  readonly series: ReadonlyMap<string, GrowingSeries>
  readonly settings: ChartSettings
  readonly stepsPerEpoch: number
  /** At steps. */
  readonly marks: readonly ChartMark[]
  /** Part of x that is shown, in its own unit; null: everything. */
  readonly range: readonly [number, number] | null
  readonly color: string
  /** Whether more points will come. */
  readonly growing: boolean
  readonly names: { readonly train: string; readonly validation: string; readonly x: string }
}

/** A metric's chart of a live run. Keeps what it has read: drawing it again costs what is new. */
export class MetricChart {
  #train = new LiveCurve(0, 1)
  #validation = new LiveCurve(0, 1)
  #read: string | null = null
  #marks: { readonly of: readonly ChartMark[]; readonly unit: number; readonly placed: readonly ChartMark[] } = { of: [], unit: 1, placed: [] }

  chart({ group, settings, stepsPerEpoch, ...input }: MetricChartInput): ShownChart {
    const unit = settings.x === 'epoch' ? stepsPerEpoch : 1
    const key = trainKey(group, settings)
    this.#prepare(key, key === group.step && group.name !== 'learningRate' ? settings.smoothing : 0, unit)
    return {
      series: this.#lines(input, key === null ? undefined : input.series.get(key), group.validation === null ? undefined : input.series.get(group.validation)),
      marks: this.#placed(input.marks, unit),
      xName: input.names.x,
      xScale: 'linear',
      yScale: settings.logarithmic ? 'log' : 'linear',
    }
  }

  /** The same marks are the same objects: a chart is drawn anew for others. */
  #placed(marks: readonly ChartMark[], unit: number): readonly ChartMark[] {
    if (this.#marks.of !== marks || this.#marks.unit !== unit) this.#marks = { of: marks, unit, placed: marks.map(({ x, label }) => ({ x: x / unit, label })) }
    return this.#marks.placed
  }

  #prepare(key: string | null, weight: number, unit: number): void {
    if (this.#train.weight !== weight || this.#train.unit !== unit || this.#read !== key) this.#train = new LiveCurve(weight, unit)
    if (this.#validation.unit !== unit) this.#validation = new LiveCurve(0, unit)
    this.#read = key
  }

  #lines({ range, color, growing: live, names }: Pick<MetricChartInput, 'range' | 'color' | 'growing' | 'names'>, train: GrowingSeries | undefined, validation: GrowingSeries | undefined): LineSeries[] {
    const lines: LineSeries[] = []
    if (train !== undefined) {
      this.#train.update(train)
      const { weight, unit } = this.#train
      if (weight > 0) lines.push({ id: 'raw', name: names.train, color, live, faint: true, points: closer(this.#train.raw(), train, range, unit, 0) })
      lines.push({ id: 'train', name: names.train, color, live, points: closer(this.#train.smoothed(), train, range, unit, weight) })
    }
    if (validation !== undefined) {
      this.#validation.update(validation)
      lines.push({ id: 'validation', name: names.validation, color, live, dashed: true, points: closer(this.#validation.raw(), validation, range, this.#validation.unit, 0) })
    }
    return lines
  }
}

/** Key of the solid curve: single steps, or epochs' means where the person wants them and the run has them. */
export function trainKey(group: MetricGroup, { per }: Pick<ChartSettings, 'per'>): string | null {
  return per === 'epoch' ? (group.epoch ?? group.step) : (group.step ?? group.epoch)
}

/** Points before the range that warm the moving average up: their weight is below 1% at α = 0.99. */
const WARM_UP = 500

/** The whole curve with every point in the part of x that is shown; the moving average starts a little before it. */
function closer(whole: Points, series: GrowingSeries, range: readonly [number, number] | null, unit: number, weight: number): Points {
  if (range === null) return whole
  const [from, to] = range
  const { steps, values } = series
  const first = Math.max(0, lowerBound(steps, from * unit) - 1)
  const last = Math.min(series.length, lowerBound(steps, to * unit) + 1)
  if (first >= last) return whole
  const warm = weight === 0 ? first : Math.max(0, first - WARM_UP)
  const near = weight === 0 ? values.subarray(first, last) : smooth(values.subarray(warm, last), weight).subarray(first - warm)
  const x = steps.slice(first, last).map((step) => step / unit)
  return joined(whole, { x, y: near })
}

/** `near` in place of the part of `whole` that it covers. */
function joined(whole: Points, near: { readonly x: Float64Array; readonly y: Float64Array }): Points {
  const before = lowerBound(whole.x, near.x[0])
  let after = lowerBound(whole.x, near.x[near.x.length - 1])
  if (whole.x[after] === near.x[near.x.length - 1]) after++
  const length = before + near.x.length + whole.x.length - after
  const [x, y] = [new Float64Array(length), new Float64Array(length)]
  for (let index = 0; index < before; index++) [x[index], y[index]] = [whole.x[index], whole.y[index]]
  x.set(near.x, before)
  y.set(near.y, before)
  const shift = before + near.x.length - after
  for (let index = after; index < whole.x.length; index++) [x[index + shift], y[index + shift]] = [whole.x[index], whole.y[index]]
  return { x, y }
}
