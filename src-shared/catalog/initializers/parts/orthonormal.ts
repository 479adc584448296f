import type { RandomSource } from '@shared/lib/random'

/**
 * `count` orthonormal rows of `length` ≥ `count` elements, row-major, uniform over all such frames: Gram–Schmidt on
 * normal vectors, each row orthogonalized twice, which makes it as orthogonal as float64 allows (Giraud et al., 2005).
 */
export function orthonormalRows(count: number, length: number, random: RandomSource): Float64Array {
  const basis = new Float64Array(count * length)
  for (let row = 0; row < count; row++) {
    const vector = basis.subarray(row * length, (row + 1) * length)
    do {
      for (let at = 0; at < length; at++) vector[at] = random.normal()
      removeComponents(vector, basis, row)
      removeComponents(vector, basis, row)
    } while (!normalize(vector))
  }
  return basis
}

/** Subtracts from `vector` its projections on the first `rows` rows of `basis`. */
function removeComponents(vector: Float64Array, basis: Float64Array, rows: number): void {
  const length = vector.length
  for (let row = 0; row < rows; row++) {
    const start = row * length
    let projection = 0
    for (let at = 0; at < length; at++) projection += vector[at] * basis[start + at]
    for (let at = 0; at < length; at++) vector[at] -= projection * basis[start + at]
  }
}

/** Scales to length 1; false where nothing but rounding was left. */
function normalize(vector: Float64Array): boolean {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  if (length < 1e-8) return false
  for (let at = 0; at < vector.length; at++) vector[at] /= length
  return true
}
