import type { Tensor } from '../types'
import { negated } from '../lean'
import { applyUnary, unaryOp } from './unary'

/** −x, elementwise. */
export const negOp = unaryOp('neg', '−x, elementwise.', (x) => -x, (_node, dy) => negated(dy))

export function neg(x: Tensor): Tensor {
  return applyUnary(negOp, x)
}
