import type { Tensor } from '../types'
import { product } from '../lean'
import { mul } from './mul'
import { sub } from './sub'
import { applyUnary, unaryOp } from './unary'

/** Hyperbolic tangent, elementwise. */
export const tanhOp = unaryOp('tanh', 'Hyperbolic tangent, elementwise.', Math.tanh, (node, dy) => product(dy, sub(1, mul(node, node))))

export function tanh(x: Tensor): Tensor {
  return applyUnary(tanhOp, x)
}
