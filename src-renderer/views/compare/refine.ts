import { lowerBound, upperBound } from '@renderer/charts/decimate'
import type { Scale } from '@renderer/charts/scale'
import type { Range } from '@renderer/charts/zoom'
import { FIRST_POINTS } from '@renderer/stores/slices'
import type { SeriesSlice } from '@shared/protocol/views'
import { xOf, type RunClock, type XUnit } from './x-axis'

export interface Coarse {
  readonly runId: string
  readonly key: string
  readonly slice: SeriesSlice
  readonly clock: RunClock
}

export interface Refinement {
  readonly runId: string
  readonly key: string
  /** Steps. */
  readonly from?: number
  readonly to?: number
  readonly most: number
}

/** Points over all runs that smoothing may ask for: 24 bytes each. */
const SMOOTHING_BUDGET = 4_000_000

/**
 * What has to be read so that the chart shows the truth: the zoomed part of metrics with more points than are loaded;
 * all of a smoothed one, since the average needs every point; the beginning for a logarithmic axis, which shows it large.
 */
export function refinements(coarse: readonly Coarse[], range: Range | null, { x, xScale, smoothing }: { readonly x: XUnit; readonly xScale: Scale; readonly smoothing: number }): Refinement[] {
  if (coarse.length === 0) return []
  const total = coarse.reduce((sum, { slice }) => sum + slice.total, 0)
  if (smoothing > 0 && total <= SMOOTHING_BUDGET) return coarse.map(({ runId, key, slice }) => ({ runId, key, most: slice.total }))
  return coarse.flatMap(({ runId, key, slice, clock }) => {
    const result: Refinement[] = []
    if (range !== null) {
      const [from, to] = stepsWithin(slice, xOf(slice, x, clock), range)
      if (to > from && !isFine(slice, from, to)) result.push({ runId, key, from, to, most: FIRST_POINTS })
    } else if (xScale === 'log') {
      const [first] = slice.steps
      if (!isFine(slice, first, first + FIRST_POINTS / 2)) result.push({ runId, key, from: first, to: first + FIRST_POINTS / 2, most: FIRST_POINTS })
    }
    return result
  })
}

/** Steps that reach over a part of x. */
function stepsWithin({ steps }: SeriesSlice, x: Float64Array, [from, to]: Range): readonly [number, number] {
  const first = Math.max(0, lowerBound(x, from) - 1)
  const last = Math.min(steps.length - 1, upperBound(x, to))
  return [steps[first], steps[last]]
}

/** Whether the part is loaded finely enough: all its steps, or as many points as one reading gives. */
function isFine({ steps }: SeriesSlice, from: number, to: number): boolean {
  const loaded = upperBound(steps, to) - lowerBound(steps, from)
  return loaded >= to - from + 1 || loaded >= FIRST_POINTS / 2
}
