import type { Band } from '@renderer/charts/band'
import type { Points } from '@renderer/charts/decimate'
import type { LineSeries } from '@renderer/charts/line-chart'
import { smooth } from '@renderer/charts/smooth'
import type { RunView, SeriesSlice } from '@shared/protocol/views'
import type { BandKind, ChartSettings, Part } from './chart-settings'
import type { RunGroup } from './groups'
import { meanCurve } from './mean-curve'
import { clockOf, xOf, type XUnit } from './x-axis'

/** A metric's series by what they measure; null where no run has it. */
export type MetricKeys = Readonly<Record<Part, string | null>>

export interface CurvesInput {
  /** Those that are switched on. */
  readonly groups: readonly RunGroup[]
  readonly keys: MetricKeys
  readonly parts: readonly Part[]
  readonly band: BandKind
  readonly settings: Pick<ChartSettings, 'x' | 'smoothing'>
  readonly seriesOf: (runId: string, key: string) => SeriesSlice | null
  /** Whether a run's metrics grow while they are shown. */
  readonly isLive: (runId: string) => boolean
  /** What stands behind a label: nothing for training. */
  readonly partName: (part: Part) => string
}

export interface Curves {
  readonly series: readonly LineSeries[]
  readonly bands: readonly Band[]
  /** Runs of which something is there to draw. */
  readonly runs: ReadonlySet<string>
  /** Whether every recorded point is among them. */
  readonly complete: boolean
  /** Whether a mean ends where one of its runs does, and others go on. */
  readonly cut: boolean
  /** Labels of groups without a mean: no place on the axis is within reach of all of their runs. */
  readonly apart: readonly string[]
}

interface Made {
  readonly slice: SeriesSlice
  readonly settings: string
  readonly raw: Points
  readonly smooth: Points
}

/** What a group's part looks like, and what that follows from. */
interface Drawn {
  readonly from: readonly unknown[]
  readonly series: readonly LineSeries[]
  readonly bands: readonly Band[]
  readonly cut: boolean
  readonly apart: boolean
}

/** Turns metrics into one chart's curves. Keeps what it has made: of many runs only those that grow are made again. */
export class CurveMaker {
  #made = new Map<string, Made>()
  #drawn = new Map<string, Drawn>()

  make(input: CurvesInput): Curves {
    const before = this.#made
    const drawnBefore = this.#drawn
    this.#made = new Map()
    this.#drawn = new Map()
    const series: LineSeries[] = []
    const bands: Band[] = []
    const runs = new Set<string>()
    const apart = new Set<string>()
    let complete = true
    let cut = false
    for (const group of input.groups) {
      for (const part of input.parts) {
        const key = input.keys[part]
        if (key === null) continue
        const members = group.runs.flatMap((run) => {
          const slice = input.seriesOf(run.id, key)
          if (slice === null || slice.steps.length === 0) return []
          runs.add(run.id)
          complete &&= slice.complete
          return [this.#member(run, key, slice, part, input, before)]
        })
        if (members.length === 0) continue
        const id = `${group.id} ${part}`
        const from = [...members, group.label, group.color, input.partName(part), input.band, input.settings.smoothing, group.runs.some((run) => input.isLive(run.id))]
        const known = drawnBefore.get(id)
        const drawn = known !== undefined && sameEntries(known.from, from) ? known : { from, ...drawGroup(group, part, members, input) }
        this.#drawn.set(id, drawn)
        series.push(...drawn.series)
        bands.push(...drawn.bands)
        cut ||= drawn.cut
        if (drawn.apart) apart.add(group.label)
      }
    }
    return { series, bands, runs, complete, cut, apart: [...apart] }
  }

  #member(run: RunView, key: string, slice: SeriesSlice, part: Part, { settings }: CurvesInput, before: ReadonlyMap<string, Made>): Made {
    const id = `${run.id} ${key}`
    const weight = isSmoothed(part, key) ? settings.smoothing : 0
    const state = `${settings.x} ${String(weight)} ${clockText(run, settings.x)}`
    const known = before.get(id)
    const made = known?.slice === slice && known.settings === state ? known : makeCurve(run, slice, settings.x, weight, state)
    this.#made.set(id, made)
    return made
  }
}

function drawGroup(group: RunGroup, part: Part, members: readonly Made[], { settings, band, partName, isLive }: CurvesInput): Omit<Drawn, 'from'> {
  const id = `${group.id} ${part}`
  const suffix = partName(part)
  const live = group.runs.some((run) => isLive(run.id))
  const line = { id, name: suffix === '' ? group.label : `${group.label} · ${suffix}`, color: group.color, dashed: part === 'validation', live }
  if (group.runs.length === 1) {
    const [{ raw, smooth: smoothed }] = members
    const faint = raw !== smoothed && settings.smoothing > 0 ? [{ ...line, id: `${id} raw`, points: raw, faint: true }] : []
    return { series: [...faint, { ...line, points: smoothed }], bands: [], cut: false, apart: false }
  }
  const { x, mean, low, high, cut } = meanCurve(members.map(({ smooth: smoothed }) => smoothed), band)
  if (x.length === 0) return { series: [], bands: [], cut: false, apart: true }
  return { series: [{ ...line, points: { x, y: mean } }], bands: members.length > 1 ? [{ id, color: group.color, x, low, high, live }] : [], cut, apart: false }
}

function sameEntries(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => Object.is(each, b[index]))
}

/** Averages of epochs and of the validation part are smooth already; a learning rate is what it is. */
function isSmoothed(part: Part, key: string): boolean {
  return part === 'train' && key.startsWith('train.')
}

function makeCurve(run: RunView, slice: SeriesSlice, x: XUnit, weight: number, settings: string): Made {
  const raw: Points = { x: xOf(slice, x, clockOf(run)), y: slice.values }
  return { slice, settings, raw, smooth: weight === 0 ? raw : { x: raw.x, y: smooth(slice.values, weight) } }
}

/** A run's row changes while it trains; its curves do only when this does. */
function clockText(run: RunView, unit: XUnit): string {
  if (unit === 'step' || unit === 'seconds') return ''
  const { stepsPerEpoch, batchSize, rows } = clockOf(run)
  return `${String(stepsPerEpoch)} ${String(batchSize)} ${String(rows)}`
}
