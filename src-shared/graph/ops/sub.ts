import type { Operand } from '../define'
import { negated, sumTo } from '../lean'
import type { Tensor } from '../types'
import { applyBinary, binaryOp } from './binary'

/** a − b, elementwise; int32 wraps. */
export const subOp = binaryOp({
  name: 'sub',
  doc: 'a − b, elementwise; int32 wraps.',
  dtypes: ['float32', 'int32'],
  compute: (a, b, dtype) => (dtype === 'int32' ? (a - b) | 0 : a - b),
  gradient: ({ inputs: [a, b] }, dy) => [sumTo(dy, a.shape), negated(sumTo(dy, b.shape))],
})

export function sub(a: Operand, b: Operand): Tensor {
  return applyBinary(subOp, a, b)
}
