import type { Operand } from '../define'
import type { Tensor } from '../types'
import { applyBinary, binaryOp } from './binary'
import { selectionGradient } from './selection-gradient'

/** The larger of a and b, elementwise; on ties each gets half of the gradient. */
export const maximumOp = binaryOp({
  name: 'maximum',
  doc: 'The larger of a and b, elementwise; on ties each gets half of the gradient.',
  dtypes: ['float32', 'int32'],
  compute: (a, b) => Math.max(a, b),
  gradient: ({ inputs: [a, b] }, dy) => selectionGradient([a, b], dy, a, b),
})

export function maximum(a: Operand, b: Operand): Tensor {
  return applyBinary(maximumOp, a, b)
}
