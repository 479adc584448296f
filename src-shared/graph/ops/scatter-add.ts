import { apply, expectDType, sameShape, sizeOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'
import { gather } from './gather'

export type ScatterAddAttrs = { readonly rows: number }

/** Adds rows at numbers: the transpose of gather. */
export const scatterAddOp: OpDefinition<ScatterAddAttrs> = {
  name: 'scatterAdd',
  doc: 'Zeros [rows, ...rest] to whose rows, by int32 indices of any shape, the updates [...indices.shape, ...rest] are added; repeated indices add up; indices lie in 0 … rows − 1.',
  infer([indices, updates], { rows }) {
    expectDType('scatterAdd', indices.dtype, 'int32')
    expectDType('scatterAdd', updates.dtype, 'float32')
    const rank = indices.shape.length
    if (!sameShape(updates.shape.slice(0, rank), indices.shape)) {
      throw new ShapeError(`scatterAdd: indices [${indices.shape.join(', ')}], updates [${updates.shape.join(', ')}]`)
    }
    return { dtype: 'float32', shape: [rows, ...updates.shape.slice(rank)] }
  },
  gradient: ({ inputs: [indices] }, dy) => [null, gather(dy, indices)],
  evaluate([indices, updates], { rows }, { shape }) {
    const length = sizeOf(shape.slice(1))
    const result = new Float64Array(sizeOf(shape))
    indices.data.forEach((row, at) => {
      if (row < 0 || row >= rows) throw new RangeError(`scatterAdd: row ${row} of ${rows}`)
      for (let column = 0; column < length; column++) result[row * length + column] += updates.data[at * length + column]
    })
    return result
  },
}

export function scatterAdd(indices: Tensor, updates: Tensor, rows: number): Tensor {
  return apply(scatterAddOp, [indices, updates], { rows })
}
