import type { Operand } from '../define'
import { negated, product, quotient, sumTo } from '../lean'
import type { Tensor } from '../types'
import { applyBinary, binaryOp } from './binary'

/** a / b, elementwise, float32 only. */
export const divOp = binaryOp({
  name: 'div',
  doc: 'a / b, elementwise, float32 only.',
  dtypes: ['float32'],
  compute: (a, b) => a / b,
  gradient: (node, dy) => {
    const [a, b] = node.inputs
    const da = quotient(dy, b)
    return [sumTo(da, a.shape), negated(sumTo(product(da, node), b.shape))]
  },
})

export function div(a: Operand, b: Operand): Tensor {
  return applyBinary(divOp, a, b)
}
