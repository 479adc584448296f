import type { Curve } from '../finding'

/** Means of the curve over so many stretches of equal length; null where there are fewer than two points a stretch. */
export function stretches(curve: Curve | null, count: number): { readonly values: readonly number[]; readonly endOf: (stretch: number) => number } | null {
  if (curve === null || curve.values.length < 2 * count) return null
  const { steps, values } = curve
  const border = (stretch: number): number => Math.round((stretch * values.length) / count)
  return {
    values: Array.from({ length: count }, (_, stretch) => meanOf(values, border(stretch), border(stretch + 1))),
    endOf: (stretch) => steps[border(stretch + 1) - 1],
  }
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  for (let index = from; index < to; index++) sum += values[index]
  return sum / (to - from)
}

/** Index of the smallest value. */
export function lowest(values: ArrayLike<number>): number {
  let best = 0
  for (let index = 1; index < values.length; index++) if (values[index] < values[best]) best = index
  return best
}
