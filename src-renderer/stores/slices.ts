import { lowerBound, upperBound } from '@renderer/charts/decimate'
import type { SeriesSlice } from '@shared/protocol/views'

/** Points of one metric that are read at first: of each of a chart's pixel columns both extremes. */
export const COARSE_POINTS = 2048
/** Points of one metric that are kept as long as nobody zooms in; there more are read. */
export const FIRST_POINTS = 20_000
/** Points of one metric that a smoothed curve, a file or a comparison is made of, at most. */
export const MOST_POINTS = 2_000_000

/** A metric of which a part has been read more finely: the fine points in place of the coarse ones of that part. */
export function splice(coarse: SeriesSlice, fine: SeriesSlice): SeriesSlice {
  const count = fine.steps.length
  if (count === 0) return coarse
  const before = lowerBound(coarse.steps, fine.steps[0])
  const after = upperBound(coarse.steps, fine.steps[count - 1])
  const join = (a: Float64Array, b: Float64Array): Float64Array => {
    const joined = new Float64Array(before + count + a.length - after)
    joined.set(a.subarray(0, before))
    joined.set(b, before)
    joined.set(a.subarray(after), before + count)
    return joined
  }
  const steps = join(coarse.steps, fine.steps)
  return { steps, seconds: join(coarse.seconds, fine.seconds), values: join(coarse.values, fine.values), total: coarse.total, complete: steps.length === coarse.total }
}
