import { apply, expectDType, sizeOf, stridesOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'
import { forEachIndex, positionOf } from './indexing'
import { slice } from './slice'

export type PadAttrs = { readonly before: readonly number[]; readonly after: readonly number[]; readonly value: number }

/** A constant border. */
export const padOp: OpDefinition<PadAttrs> = {
  name: 'pad',
  doc: 'x (float32 or int32) with so many elements of `value` before and after it along each axis.',
  infer([x], { before, after }) {
    expectDType('pad', x.dtype, 'float32', 'int32')
    const counts = (pads: readonly number[]): boolean => pads.length === x.shape.length && pads.every((count) => Number.isInteger(count) && count >= 0)
    if (!counts(before) || !counts(after)) {
      throw new ShapeError(`pad: [${before.join(', ')}] before and [${after.join(', ')}] after [${x.shape.join(', ')}]`)
    }
    return { dtype: x.dtype, shape: x.shape.map((extent, axis) => before[axis] + extent + after[axis]) }
  },
  gradient: ({ inputs: [x], attrs: { before } }, dy) => [slice(dy, { starts: before, sizes: x.shape })],
  evaluate([x], { before, value }, { shape }) {
    const result = new Float64Array(sizeOf(shape)).fill(value)
    const strides = stridesOf(shape)
    const offset = positionOf(before, strides)
    forEachIndex(x.shape, (index, flat) => {
      result[offset + positionOf(index, strides)] = x.data[flat]
    })
    return result
  },
}

/** Appends nothing when nothing is added. */
export function pad(x: Tensor, { before, after, value }: PadAttrs): Tensor {
  const nothing = [before, after].every((counts) => counts.length === x.shape.length && counts.every((count) => count === 0))
  return nothing ? x : apply(padOp, [x], { before, after, value })
}
