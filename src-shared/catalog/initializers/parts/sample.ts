import { sizeOf, type Shape } from '@shared/graph'
import type { RandomSource } from '@shared/lib/random'

/** Row-major values of `draw`, one call each. */
export function fillWith(shape: Shape, draw: () => number): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  for (let index = 0; index < values.length; index++) values[index] = draw()
  return values
}

/** Standard normal, drawn again while beyond ±2. */
export function truncatedNormalDraw(random: RandomSource): number {
  let value = random.normal()
  while (Math.abs(value) > 2) value = random.normal()
  return value
}

/** Uniform in [−limit, limit). */
export function symmetricUniform(random: RandomSource, limit: number): number {
  return (2 * random.uniform() - 1) * limit
}
