import { dot } from './vectors'

export interface PowerOptions {
  /** Relative change of the eigenvalue below which it is taken. */
  readonly tolerance: number
  /** Products at most. */
  readonly products: number
  /** Asked before every product but the first: true ends the search where it is. */
  readonly stop?: () => boolean
}

export interface Eigenpair {
  readonly value: number
  /** Of length 1. */
  readonly vector: Float32Array
  /** Products that it took. */
  readonly products: number
  /** False where it was stopped before. */
  readonly settled: boolean
}

/** A symmetric matrix, known by its products with vectors of length 1. */
export type Multiply = (vector: Float32Array) => Promise<Float64Array>

/** Products after which an iteration that does not turn towards a positive eigenvalue is shifted. */
const PATIENCE = 4

/**
 * The largest eigenvalue of a symmetric matrix by power iteration. That converges to the one of largest magnitude, or to
 * none where two are as large; where it does not turn towards a positive one, the matrix is shifted by that magnitude,
 * after which the wanted one is the largest in magnitude too.
 */
export async function largestEigenvalue(multiply: Multiply, start: Float32Array, { tolerance, products, stop }: PowerOptions): Promise<Eigenpair> {
  let vector = scaled(start)
  let value = NaN
  let shift = 0
  for (let made = 1; ; made++) {
    const image = await multiply(vector)
    const before = value
    value = dot(image, vector)
    const size = Math.sqrt(dot(image, image))
    const astray = shift === 0 && value < size / 2
    const settled = !astray && Math.abs(value - before) <= tolerance * Math.abs(value)
    const done = made >= products || settled || size === 0 || !Number.isFinite(size)
    if (done || stop?.() === true) return { value, vector, products: made, settled: done }
    if (astray && made >= PATIENCE) shift = size
    const next = shifted(image, shift, vector)
    // A vector that the shifted matrix makes nothing of belongs to the most negative eigenvalue: start elsewhere.
    vector = dot(next, next) <= (1e-6 * size) ** 2 ? scaled(start) : scaled(next)
  }
}

function scaled(vector: Float32Array | Float64Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  const result = new Float32Array(vector.length)
  for (let index = 0; index < vector.length; index++) result[index] = vector[index] / length
  return result
}

/** image + shift · vector. */
function shifted(image: Float64Array, shift: number, vector: Float32Array): Float64Array {
  if (shift === 0) return image
  const result = new Float64Array(image.length)
  for (let index = 0; index < image.length; index++) result[index] = image[index] + shift * vector[index]
  return result
}
