import type { Tensor } from '../types'
import { quotient } from '../lean'
import { applyUnary, unaryOp } from './unary'

/** Natural logarithm, elementwise; −∞ at 0, NaN below. */
export const logOp = unaryOp('log', 'Natural logarithm, elementwise; −∞ at 0, NaN below.', Math.log, (node, dy) => quotient(dy, node.inputs[0]))

export function log(x: Tensor): Tensor {
  return applyUnary(logOp, x)
}
