import type { ChartMark, LineChart, LineSeries } from '@renderer/charts/line-chart'
import { lowerBound, type Points } from '@renderer/charts/decimate'
import { smooth } from '@renderer/charts/smooth'
import type { ChartTheme } from '@renderer/charts/theme'
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

export interface MetricChartInput {
  readonly group: MetricGroup
  readonly series: ReadonlyMap<string, GrowingSeries>
  readonly settings: ChartSettings
  readonly stepsPerEpoch: number
  /** At steps. */
  readonly marks: readonly ChartMark[]
  /** Part of x that is shown, in its own unit. */
  readonly range: readonly [number, number] | null
  readonly width: number
  readonly color: string
  readonly theme: ChartTheme
  readonly names: { readonly train: string; readonly validation: string; readonly x: string }
}

/** A metric's chart of a live run. Keeps what it has read: drawing it again costs what is new. */
export class MetricChart {
  #train = new LiveCurve(0, 1)
  #validation = new LiveCurve(0, 1)
  #read: string | null = null

  chart({ group, settings, stepsPerEpoch, ...input }: MetricChartInput): LineChart {
    const unit = settings.x === 'epoch' ? stepsPerEpoch : 1
    const key = trainKey(group, settings)
    this.#prepare(key, key === group.step && group.name !== 'learningRate' ? settings.smoothing : 0, unit)
    return {
      series: this.#lines(input, key === null ? undefined : input.series.get(key), group.validation === null ? undefined : input.series.get(group.validation)),
      marks: input.marks.map(({ x, label }) => ({ x: x / unit, label })),
      xName: input.names.x,
      xScale: 'linear',
      yScale: settings.logarithmic ? 'log' : 'linear',
      range: input.range,
      width: input.width,
      theme: input.theme,
    }
  }

  #prepare(key: string | null, weight: number, unit: number): void {
    if (this.#train.weight !== weight || this.#train.unit !== unit || this.#read !== key) this.#train = new LiveCurve(weight, unit)
    if (this.#validation.unit !== unit) this.#validation = new LiveCurve(0, unit)
    this.#read = key
  }

  #lines({ range, color, names }: Pick<MetricChartInput, 'range' | 'color' | 'names'>, train: GrowingSeries | undefined, validation: GrowingSeries | undefined): LineSeries[] {
    const lines: LineSeries[] = []
    if (train !== undefined) {
      this.#train.update(train)
      const { weight, unit } = this.#train
      if (weight > 0) lines.push({ id: 'raw', name: names.train, color, faint: true, points: range === null ? this.#train.raw() : within(train, range, unit, 0) })
      lines.push({ id: 'train', name: names.train, color, points: range === null ? this.#train.smoothed() : within(train, range, unit, weight) })
    }
    if (validation !== undefined) {
      this.#validation.update(validation)
      lines.push({ id: 'validation', name: names.validation, color, dashed: true, points: range === null ? this.#validation.raw() : within(validation, range, this.#validation.unit, 0) })
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

/** The points of a part of x and one neighbor on each side; the average starts a little before it. */
function within(series: GrowingSeries, [from, to]: readonly [number, number], unit: number, weight: number): Points {
  const { steps, values } = series
  const first = Math.max(0, lowerBound(steps, from * unit) - 1)
  const last = Math.min(series.length, lowerBound(steps, to * unit) + 1)
  const x = unit === 1 ? steps.subarray(first, last) : steps.slice(first, last).map((step) => step / unit)
  if (weight === 0) return { x, y: values.subarray(first, last) }
  const warm = Math.max(0, first - WARM_UP)
  return { x, y: smooth(values.subarray(warm, last), weight).subarray(first - warm) }
}
