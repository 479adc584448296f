import { product } from '../lean'
import type { Tensor } from '../types'
import { sigmoid } from './sigmoid'
import { applyUnary, unaryOp } from './unary'

/** log(1 + eˣ), elementwise, without overflow. */
export const softplusOp = unaryOp(
  'softplus',
  'log(1 + eˣ), elementwise, without overflow.',
  (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  (node, dy) => product(dy, sigmoid(node.inputs[0])),
)

export function softplus(x: Tensor): Tensor {
  return applyUnary(softplusOp, x)
}
