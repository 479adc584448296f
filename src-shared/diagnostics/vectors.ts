/** Arithmetic on long vectors, summed up in float64. */
export type Vector = Float32Array | Float64Array

export function dot(a: Vector, b: Vector): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index]
  return sum
}

/** Cosine of the angle between two vectors; NaN where one of them is zero. */
export function cosine(a: Vector, b: Vector): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/** a − b. */
export function difference(a: Vector, b: Vector): Float64Array<ArrayBuffer> {
  const result = new Float64Array(a.length)
  for (let index = 0; index < a.length; index++) result[index] = a[index] - b[index]
  return result
}

/** Adds `b` to `a` in place. */
export function accumulate(a: Float64Array, b: Vector): void {
  for (let index = 0; index < a.length; index++) a[index] += b[index]
}
