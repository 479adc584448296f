import { lowerBound, upperBound } from './decimate'

/** Area between two curves over the same ascending x. */
export interface Band {
  readonly id: string
  readonly color: string
  readonly x: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  /** As of `LineSeries`. */
  readonly live?: boolean
}

/** At most about `columns` stretches, of each the lowest low and the highest high; a neighbor is kept on each side. */
export function decimateBand(band: Band, from: number, to: number, columns: number): Band {
  const { id, color, x, low, high } = band
  const first = Math.max(0, lowerBound(x, from) - 1)
  const last = Math.min(x.length - 1, upperBound(x, to))
  const count = last - first + 1
  if (count <= 0) return { id, color, x: [], low: [], high: [] }
  const size = Math.max(1, Math.ceil(count / columns))
  const stretches = Math.ceil(count / size)
  const result = { id, color, x: new Float64Array(stretches), low: new Float64Array(stretches), high: new Float64Array(stretches) }
  for (let stretch = 0; stretch < stretches; stretch++) {
    const begin = first + stretch * size
    const end = Math.min(last + 1, begin + size)
    // The ends stay where they are, so that the area begins and ends with its curve.
    result.x[stretch] = stretch === 0 ? x[begin] : stretch === stretches - 1 ? x[end - 1] : x[(begin + end) >> 1]
    result.low[stretch] = extreme(low, begin, end, Math.min)
    result.high[stretch] = extreme(high, begin, end, Math.max)
  }
  return result
}

/** NaN when nothing is finite. */
function extreme(values: ArrayLike<number>, begin: number, end: number, choose: (a: number, b: number) => number): number {
  let found = NaN
  for (let index = begin; index < end; index++) {
    if (Number.isFinite(values[index])) found = Number.isNaN(found) ? values[index] : choose(found, values[index])
  }
  return found
}
