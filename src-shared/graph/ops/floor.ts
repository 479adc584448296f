import type { Tensor } from '../types'
import { applyUnary, unaryOp } from './unary'

/** Greatest integer that is not above x, elementwise. No gradient. */
export const floorOp = unaryOp('floor', 'Greatest integer that is not above x, elementwise. No gradient.', Math.floor, null)

export function floor(x: Tensor): Tensor {
  return applyUnary(floorOp, x)
}
