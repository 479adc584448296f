import type { Tensor } from '../types'
import { applyUnary, unaryOp } from './unary'

/** −1, 0 or 1, elementwise; sign(0) = 0. No gradient. */
export const signOp = unaryOp('sign', '−1, 0 or 1, elementwise; sign(0) = 0. No gradient.', (x) => (x > 0 ? 1 : x < 0 ? -1 : 0), null)

export function sign(x: Tensor): Tensor {
  return applyUnary(signOp, x)
}
