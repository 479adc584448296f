import type { EChartsCoreOption } from 'echarts/core'
import { lineChart, type ChartMark, type LineSeries } from '@renderer/charts/line-chart'
import type { Points } from '@renderer/charts/decimate'
import { smooth } from '@renderer/charts/smooth'
import type { ChartTheme } from '@renderer/charts/theme'
import { formatNumber } from '@renderer/components/numbers'
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
  readonly marks: readonly ChartMark[]
  readonly range: readonly [number, number] | null
  readonly width: number
  readonly color: string
  readonly theme: ChartTheme
  readonly names: { readonly train: string; readonly validation: string; readonly step: string; readonly epoch: string }
}

/** A metric's chart of a live run. Keeps what it has read: drawing it again costs what is new. */
export class MetricChart {
  #train = new LiveCurve(0)
  #validation = new LiveCurve(0)
  #read: string | null = null

  option(input: MetricChartInput): EChartsCoreOption {
    const { group, settings, series, range, names, stepsPerEpoch } = input
    const key = trainKey(group, settings)
    const weight = key === group.step && key !== 'learningRate' ? settings.smoothing : 0
    if (this.#train.weight !== weight || this.#read !== key) this.#train = new LiveCurve(weight)
    this.#read = key
    const lines: LineSeries[] = []
    const train = key === null ? undefined : series.get(key)
    const validation = group.validation === null ? undefined : series.get(group.validation)
    if (train !== undefined) {
      this.#train.update(train)
      if (weight > 0) lines.push({ id: 'raw', name: names.train, color: input.color, faint: true, points: range === null ? this.#train.raw() : within(train, range, 0) })
      lines.push({ id: 'train', name: names.train, color: input.color, points: range === null ? this.#train.smoothed() : within(train, range, weight) })
    }
    if (validation !== undefined) {
      this.#validation.update(validation)
      lines.push({ id: 'validation', name: names.validation, color: input.color, dashed: true, points: range === null ? this.#validation.raw() : within(validation, range, 0) })
    }
    const byEpoch = settings.x === 'epoch'
    return lineChart({
      series: lines,
      marks: input.marks,
      xName: '',
      xScale: 'linear',
      yScale: settings.logarithmic && group.name !== 'accuracy' ? 'log' : 'linear',
      range,
      width: input.width,
      theme: input.theme,
      formatX: byEpoch ? (step) => formatNumber(step / stepsPerEpoch, 3) : undefined,
      xInterval: byEpoch ? epochInterval(range ?? extentOf(lines), stepsPerEpoch) : undefined,
      titleX: (step) => (byEpoch ? `${names.epoch} ${formatNumber(step / stepsPerEpoch)} · ${names.step} ${formatNumber(step)}` : `${names.step} ${formatNumber(step)}`),
    })
  }
}

/** Key of the solid curve: single steps, or epochs' means where the person wants them and the run has them. */
export function trainKey(group: MetricGroup, { per }: Pick<ChartSettings, 'per'>): string | null {
  return per === 'epoch' ? (group.epoch ?? group.step) : (group.step ?? group.epoch)
}

/** Points before the range that warm the moving average up: their weight is below 1% at α = 0.99. */
const WARM_UP = 500

/** The points of a part of x; the average starts a little before it. */
function within(series: GrowingSeries, [from, to]: readonly [number, number], weight: number): Points {
  const { steps, values } = series
  const first = Math.max(0, firstAtLeast(steps, from) - 1)
  const last = Math.min(series.length, firstAtLeast(steps, to) + 1)
  if (weight === 0) return { x: steps.subarray(first, last), y: values.subarray(first, last) }
  const warm = Math.max(0, first - WARM_UP)
  return { x: steps.subarray(first, last), y: smooth(values.subarray(warm, last), weight).subarray(first - warm) }
}

function firstAtLeast(values: Float64Array, wanted: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function extentOf(lines: readonly LineSeries[]): readonly [number, number] {
  const ends = lines.filter(({ points }) => points.x.length > 0).map(({ points }) => [points.x[0], points.x[points.x.length - 1]])
  return [Math.min(...ends.map(([from]) => from)), Math.max(...ends.map(([, to]) => to))]
}

/** Steps between two ticks, so that they stand at whole epochs: 1, 2 or 5 times a power of ten of them. */
export function epochInterval([from, to]: readonly [number, number], stepsPerEpoch: number): number | undefined {
  const epochs = (to - from) / stepsPerEpoch
  if (!(epochs >= 1)) return undefined
  const rough = epochs / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough
  return Math.max(1, step) * stepsPerEpoch
}
