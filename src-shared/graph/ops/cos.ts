import type { Tensor } from '../types'
import { product } from '../lean'
import { neg } from './neg'
import { sin } from './sin'
import { applyUnary, unaryOp } from './unary'

/** Cosine of an angle in radians, elementwise. */
export const cosOp = unaryOp('cos', 'Cosine of an angle in radians, elementwise.', Math.cos, (node, dy) => neg(product(dy, sin(node.inputs[0]))))

export function cos(x: Tensor): Tensor {
  return applyUnary(cosOp, x)
}
