import { add, div, mul, reduceSum, sqrt, type Tensor } from '@shared/graph'

/** Keras's `backend.epsilon()`. */
const EPSILON = 1e-7

/** Norms of the incoming weights of each unit, the reduced axes kept. */
export function unitNorms(weight: Tensor, axes: readonly number[]): Tensor {
  return sqrt(reduceSum(mul(weight, weight), { axes: [...axes], keepDims: true }))
}

/** The weight with other norms: w · wanted / (ε + norm), Keras's form. */
export function withNorms(weight: Tensor, norms: Tensor, wanted: Tensor | number): Tensor {
  return mul(weight, div(wanted, add(norms, EPSILON)))
}
