import type { Operand } from '../define'
import type { Tensor } from '../types'
import { applyBinary, binaryOp } from './binary'
import { selectionGradient } from './selection-gradient'

/** The smaller of a and b, elementwise; on ties each gets half of the gradient. */
export const minimumOp = binaryOp({
  name: 'minimum',
  doc: 'The smaller of a and b, elementwise; on ties each gets half of the gradient.',
  dtypes: ['float32', 'int32'],
  compute: (a, b) => Math.min(a, b),
  gradient: ({ inputs: [a, b] }, dy) => selectionGradient([a, b], dy, b, a),
})

export function minimum(a: Operand, b: Operand): Tensor {
  return applyBinary(minimumOp, a, b)
}
