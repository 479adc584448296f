import { product } from '../lean'
import type { Tensor } from '../types'
import { mul } from './mul'
import { sub } from './sub'
import { applyUnary, unaryOp } from './unary'

/** 1 / (1 + e⁻ˣ), elementwise, without overflow. */
export const sigmoidOp = unaryOp(
  'sigmoid',
  '1 / (1 + e⁻ˣ), elementwise, without overflow.',
  (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  (node, dy) => product(dy, mul(node, sub(1, node))),
)

export function sigmoid(x: Tensor): Tensor {
  return applyUnary(sigmoidOp, x)
}
