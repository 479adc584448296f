import type { Operand } from '../define'
import type { Tensor } from '../types'
import { applyBinary, comparisonOp } from './binary'

/** a = b, elementwise, of float32 or int32; a bool. False where either is NaN. */
export const equalOp = comparisonOp({
  name: 'equal',
  doc: 'a = b, elementwise, of float32 or int32; a bool. False where either is NaN.',
  dtypes: ['float32', 'int32'],
  compute: (a, b) => (a === b ? 1 : 0),
})

export function equal(a: Operand, b: Operand): Tensor {
  return applyBinary(equalOp, a, b)
}
