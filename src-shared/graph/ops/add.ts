import type { Operand } from '../define'
import { sumTo } from '../lean'
import type { Tensor } from '../types'
import { applyBinary, binaryOp } from './binary'

/** a + b, elementwise; int32 wraps. */
export const addOp = binaryOp({
  name: 'add',
  doc: 'a + b, elementwise; int32 wraps.',
  dtypes: ['float32', 'int32'],
  compute: (a, b, dtype) => (dtype === 'int32' ? (a + b) | 0 : a + b),
  gradient: ({ inputs: [a, b] }, dy) => [sumTo(dy, a.shape), sumTo(dy, b.shape)],
})

export function add(a: Operand, b: Operand): Tensor {
  return applyBinary(addOp, a, b)
}
