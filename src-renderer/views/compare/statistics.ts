/** Two-sided 95% points of Student's t for 1 to 30 degrees of freedom (Fisher & Yates, table III). */
const T_95 = [
  ...[12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281],
  ...[2.201, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086],
  ...[2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423],
]
const Z_95 = 1.959964

/** Two-sided 95% point of Student's t; beyond 30 degrees of freedom by the first terms of its expansion in 1/ν (Abramowitz & Stegun 26.7.5). */
export function student95(degrees: number): number {
  if (degrees < 1) return Infinity
  if (degrees <= T_95.length) return T_95[degrees - 1]
  const z = Z_95
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
}

export interface Spread {
  readonly count: number
  readonly mean: number
  /** Of a sample; NaN below two values. */
  readonly deviation: number
}

export function spreadOf(values: readonly number[]): Spread {
  const count = values.length
  const mean = count === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count, mean, deviation: count < 2 ? NaN : Math.sqrt(squares / (count - 1)) }
}

/** Mean difference of pairs with the interval that holds the true one in 95 of 100 such experiments. */
export interface PairedDifference {
  readonly pairs: number
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** Of values by seed, this minus the reference's, over the seeds that both have; null below two pairs. */
export function pairedDifference(values: ReadonlyMap<number, number>, reference: ReadonlyMap<number, number>): PairedDifference | null {
  const differences: number[] = []
  for (const [seed, value] of values) {
    const other = reference.get(seed)
    if (other !== undefined) differences.push(value - other)
  }
  if (differences.length < 2) return null
  const { count, mean, deviation } = spreadOf(differences)
  const margin = (student95(count - 1) * deviation) / Math.sqrt(count)
  return { pairs: count, mean, low: mean - margin, high: mean + margin }
}
