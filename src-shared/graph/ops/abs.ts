import type { Tensor } from '../types'
import { product } from '../lean'
import { sign } from './sign'
import { applyUnary, unaryOp } from './unary'

/** |x|, elementwise; its gradient at 0 is 0. */
export const absOp = unaryOp('abs', '|x|, elementwise; its gradient at 0 is 0.', Math.abs, (node, dy) => product(dy, sign(node.inputs[0])))

export function abs(x: Tensor): Tensor {
  return applyUnary(absOp, x)
}
