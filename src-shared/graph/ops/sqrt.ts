import type { Tensor } from '../types'
import { quotient, scaled } from '../lean'
import { applyUnary, unaryOp } from './unary'

/** √x, elementwise; NaN below 0. */
export const sqrtOp = unaryOp('sqrt', '√x, elementwise; NaN below 0.', Math.sqrt, (node, dy) => quotient(scaled(dy, 0.5), node))

export function sqrt(x: Tensor): Tensor {
  return applyUnary(sqrtOp, x)
}
