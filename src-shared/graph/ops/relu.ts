import { product } from '../lean'
import type { Tensor } from '../types'
import { cast } from './cast'
import { greater } from './greater'
import { applyUnary, unaryOp } from './unary'

/**
 * max(x, 0), elementwise; its gradient at 0 is 0. The mask is taken from the output, so that the input need not be
 * kept for the backward pass, and multiplied, which engines execute faster than a selection.
 */
export const reluOp = unaryOp(
  'relu',
  'max(x, 0), elementwise; its gradient at 0 is 0.',
  (x) => Math.max(x, 0),
  (node, dy) => product(dy, cast(greater(node, 0), 'float32')),
)

export function relu(x: Tensor): Tensor {
  return applyUnary(reluOp, x)
}
