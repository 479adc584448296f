import type { Points } from '@renderer/charts/decimate'
import type { BandKind } from './chart-settings'

/** Mean of several curves and how far they are apart. */
export interface MeanCurve {
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** Whether a curve reaches farther than all of them do. */
  readonly cut: boolean
}

/**
 * Over the x of the curve that has most points, as far as all of them reach; the others are interpolated linearly
 * between their points. The band is the lowest and highest value, or the mean ± one standard deviation (of a sample).
 * Where a curve has no finite value, the others speak.
 */
export function meanCurve(curves: readonly Points[], band: BandKind): MeanCurve {
  const present = curves.filter(({ x }) => x.length > 0)
  if (present.length === 0) return { x: new Float64Array(0), mean: new Float64Array(0), low: new Float64Array(0), high: new Float64Array(0), cut: false }
  const from = Math.max(...present.map(({ x }) => x[0]))
  const to = Math.min(...present.map(({ x }) => x[x.length - 1]))
  const cut = present.some(({ x }) => x[0] < from || x[x.length - 1] > to)
  const finest = present.reduce((best, each) => (each.x.length > best.x.length ? each : best))
  const x = Float64Array.from(finest.x).filter((each) => each >= from && each <= to)
  const columns = present.map((curve) => interpolate(curve, x))
  const result: MeanCurve = { x, mean: new Float64Array(x.length), low: new Float64Array(x.length), high: new Float64Array(x.length), cut }
  for (let at = 0; at < x.length; at++) summarize(columns, at, band, result)
  return result
}

function summarize(columns: readonly Float64Array[], at: number, band: BandKind, { mean, low, high }: MeanCurve): void {
  let count = 0
  let sum = 0
  let least = Infinity
  let most = -Infinity
  for (const column of columns) {
    const value = column[at]
    if (!Number.isFinite(value)) continue
    count++
    sum += value
    if (value < least) least = value
    if (value > most) most = value
  }
  const average = count === 0 ? NaN : sum / count
  mean[at] = average
  if (band === 'range') {
    low[at] = count === 0 ? NaN : least
    high[at] = count === 0 ? NaN : most
    return
  }
  let squares = 0
  for (const column of columns) if (Number.isFinite(column[at])) squares += (column[at] - average) ** 2
  const deviation = count < 2 ? 0 : Math.sqrt(squares / (count - 1))
  low[at] = average - deviation
  high[at] = average + deviation
}

/** Values at ascending places; NaN beyond the curve's ends. */
export function interpolate({ x, y }: Points, places: Float64Array): Float64Array {
  const result = new Float64Array(places.length)
  let right = 0
  for (let at = 0; at < places.length; at++) {
    const place = places[at]
    while (right < x.length && x[right] < place) right++
    if (right === x.length || (right === 0 && x[0] > place)) result[at] = NaN
    else if (x[right] === place) result[at] = y[right]
    else result[at] = y[right - 1] + ((y[right] - y[right - 1]) * (place - x[right - 1])) / (x[right] - x[right - 1])
  }
  return result
}
