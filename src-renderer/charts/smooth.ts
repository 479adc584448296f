/**
 * Exponential moving average with bias correction: s ← αs + (1−α)y, shown as s / (1 − αⁿ), so that the first points are
 * not drawn toward zero. `weight` α in [0, 1). Values that are not finite leave the average as it is and a gap in the curve:
 * of a run that diverged nothing goes on.
 */
export function smooth(y: ArrayLike<number>, weight: number): Float64Array {
  const result = new Float64Array(y.length)
  let sum = 0
  let mass = 0
  for (let index = 0; index < y.length; index++) {
    const value = y[index]
    if (!Number.isFinite(value)) {
      result[index] = NaN
      continue
    }
    sum = weight * sum + (1 - weight) * value
    mass = weight * mass + (1 - weight)
    result[index] = sum / mass
  }
  return result
}
