import type { Operand } from '../define'
import type { Tensor } from '../types'
import { applyBinary, comparisonOp } from './binary'

/** a ≥ b, elementwise, of float32 or int32; a bool. False where either is NaN. */
export const greaterEqualOp = comparisonOp({
  name: 'greaterEqual',
  doc: 'a ≥ b, elementwise, of float32 or int32; a bool. False where either is NaN.',
  dtypes: ['float32', 'int32'],
  compute: (a, b) => (a >= b ? 1 : 0),
})

export function greaterEqual(a: Operand, b: Operand): Tensor {
  return applyBinary(greaterEqualOp, a, b)
}
