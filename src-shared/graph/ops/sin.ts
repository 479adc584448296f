import type { Tensor } from '../types'
import { product } from '../lean'
import { cos } from './cos'
import { applyUnary, unaryOp } from './unary'

/** Sine of an angle in radians, elementwise. */
export const sinOp = unaryOp('sin', 'Sine of an angle in radians, elementwise.', Math.sin, (node, dy) => product(dy, cos(node.inputs[0])))

export function sin(x: Tensor): Tensor {
  return applyUnary(sinOp, x)
}
