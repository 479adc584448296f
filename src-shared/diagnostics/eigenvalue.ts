import { dot } from './vectors'

export interface PowerOptions {
  /** Relative change of the eigenvalue below which it is taken. */
  readonly tolerance: number
  /** Products at most. */
  readonly products: number
}

export interface Eigenpair {
  readonly value: number
  /** Of length 1. */
  readonly vector: Float32Array
  /** Products that it took. */
  readonly products: number
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
export async function largestEigenvalue(multiply: Multiply, start: Float32Array, { tolerance, products }: PowerOptions): Promise<Eigenpair> {
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
    if (made >= products || settled || size === 0 || !Number.isFinite(size)) return { value, vector, products: made }
    if (astray && made >= PATIENCE) shift = size
    const next = shift === 0 ? image : Float64Array.from(image, (each, index) => each + shift * vector[index])
    // A vector that the shifted matrix makes nothing of belongs to the most negative eigenvalue: start elsewhere.
    vector = dot(next, next) <= (1e-6 * size) ** 2 ? scaled(start) : scaled(next)
  }
}

function scaled(vector: Float32Array | Float64Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  return Float32Array.from(vector, (value) => value / length)
}
