import type { Operand } from '../define'
import { product, scaled, sumTo } from '../lean'
import type { Tensor } from '../types'
import { applyBinary, binaryOp } from './binary'

/** a · b, elementwise; int32 wraps. */
export const mulOp = binaryOp({
  name: 'mul',
  doc: 'a · b, elementwise; int32 wraps.',
  dtypes: ['float32', 'int32'],
  compute: (a, b, dtype) => (dtype === 'int32' ? Math.imul(a, b) : a * b),
  gradient: ({ inputs: [a, b] }, dy) =>
    a === b ? [product(scaled(dy, 2), a), null] : [sumTo(product(dy, b), a.shape), sumTo(product(dy, a), b.shape)],
})

export function mul(a: Operand, b: Operand): Tensor {
  return applyBinary(mulOp, a, b)
}
