import { apply, expectDType, NO_ATTRS, sizeOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'
import { scatterAdd } from './scatter-add'
import type { NoAttrs } from './unary'

/** Rows by number. */
export const gatherOp: OpDefinition<NoAttrs> = {
  name: 'gather',
  doc: 'Rows of axis 0 of x by int32 indices of any shape → [...indices.shape, ...x.shape[1:]]; indices lie in 0 … rows − 1.',
  infer([x, indices]) {
    expectDType('gather', indices.dtype, 'int32')
    if (x.shape.length === 0) throw new ShapeError('gather: needs rows, got a scalar')
    return { dtype: x.dtype, shape: [...indices.shape, ...x.shape.slice(1)] }
  },
  gradient: ({ inputs: [x, indices] }, dy) => [scatterAdd(indices, dy, x.shape[0]), null],
  evaluate([x, indices], _attrs, { shape }) {
    const length = sizeOf(x.shape.slice(1))
    const result = new Float64Array(sizeOf(shape))
    indices.data.forEach((row, at) => {
      if (row < 0 || row >= x.shape[0]) throw new RangeError(`gather: row ${row} of ${x.shape[0]}`)
      result.set(x.data.subarray(row * length, (row + 1) * length), at * length)
    })
    return result
  },
}

export function gather(x: Tensor, indices: Tensor): Tensor {
  return apply(gatherOp, [x, indices], NO_ATTRS)
}
