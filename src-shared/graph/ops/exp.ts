import type { Tensor } from '../types'
import { product } from '../lean'
import { applyUnary, unaryOp } from './unary'

/** eˣ, elementwise. */
export const expOp = unaryOp('exp', 'eˣ, elementwise.', Math.exp, (node, dy) => product(dy, node))

export function exp(x: Tensor): Tensor {
  return applyUnary(expOp, x)
}
