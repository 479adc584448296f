import type { RandomSource } from './random'

/** Beta(α, α) of two gamma values, kept as logarithms: for small α both are too small for doubles. */
export function symmetricBeta(alpha: number, random: RandomSource): number {
  return 1 / (1 + Math.exp(logGamma(alpha, random) - logGamma(alpha, random)))
}

/** The logarithm of a gamma value: Marsaglia & Tsang (2000), boosted for shapes below 1. */
function logGamma(shape: number, random: RandomSource): number {
  if (shape < 1) return logGamma(shape + 1, random) + Math.log(1 - random.uniform()) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.uniform()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return Math.log(d * v)
  }
}
