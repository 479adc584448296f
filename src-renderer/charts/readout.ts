import { lowerBound, type Points } from './decimate'

export interface Readable {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly points: Points
  readonly dashed?: boolean
  readonly faint?: boolean
}

export interface Reading {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly dashed: boolean
  /** Of the nearest point that has a value. */
  readonly x: number
  readonly y: number
}

/**
 * Every curve's value at its point nearest to `x`, the highest value first, what is not a number last. Curves that end
 * more than `reach` away are left out: they say nothing about this place.
 */
export function readAt(series: readonly Readable[], x: number, reach: number): Reading[] {
  const readings: Reading[] = []
  for (const { id, name, color, points, dashed = false, faint = false } of series) {
    const at = faint ? -1 : nearest(points.x, x)
    if (at < 0) continue
    const [first, last] = [points.x[0], points.x[points.x.length - 1]]
    if (x < first - reach || x > last + reach) continue
    readings.push({ id, name, color, dashed, x: points.x[at], y: points.y[at] })
  }
  return readings.sort((a, b) => Number(Number.isNaN(a.y)) - Number(Number.isNaN(b.y)) || b.y - a.y)
}

/** Index of the value nearest to `x`, the earlier of two; −1 when there is none. */
export function nearest(values: ArrayLike<number>, x: number): number {
  const at = lowerBound(values, x)
  if (at === values.length) return values.length - 1
  return at > 0 && x - values[at - 1] <= values[at] - x ? at - 1 : at
}
