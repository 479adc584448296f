import type { Tensor } from '../types'
import { applyBinary, comparisonOp } from './binary'

/** Both are true, elementwise; operands broadcast. */
export const logicalAndOp = comparisonOp({
  name: 'logicalAnd',
  doc: 'Both are true, elementwise; operands broadcast.',
  dtypes: ['bool'],
  compute: (a, b) => a * b,
})

export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  return applyBinary(logicalAndOp, a, b)
}
