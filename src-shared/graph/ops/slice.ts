import { apply, sameShape, stridesOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'
import { gatherElements, positionOf } from './indexing'
import { pad } from './pad'

export type SliceAttrs = { readonly starts: readonly number[]; readonly sizes: readonly number[] }

/** A contiguous block. */
export const sliceOp: OpDefinition<SliceAttrs> = {
  name: 'slice',
  doc: 'The block of `sizes` elements per axis from `starts` on; must lie within x.',
  infer([x], { starts, sizes }) {
    const fits = (extent: number, axis: number): boolean => starts[axis] >= 0 && sizes[axis] > 0 && starts[axis] + sizes[axis] <= extent
    if (starts.length !== x.shape.length || sizes.length !== x.shape.length || !x.shape.every(fits)) {
      throw new ShapeError(`slice: [${sizes.join(', ')}] from [${starts.join(', ')}] of [${x.shape.join(', ')}]`)
    }
    return { dtype: x.dtype, shape: sizes }
  },
  gradient({ inputs: [x], attrs: { starts, sizes } }, dy) {
    return [pad(dy, { before: starts, after: x.shape.map((extent, axis) => extent - starts[axis] - sizes[axis]), value: 0 })]
  },
  evaluate([x], { starts }, { shape }) {
    const strides = stridesOf(x.shape)
    const offset = positionOf(starts, strides)
    return gatherElements(x.data, shape, (index) => offset + positionOf(index, strides))
  },
}

/** Appends nothing when the block is all of x. */
export function slice(x: Tensor, { starts, sizes }: SliceAttrs): Tensor {
  const whole = sameShape(sizes, x.shape) && starts.length === sizes.length && starts.every((start) => start === 0)
  return whole ? x : apply(sliceOp, [x], { starts, sizes })
}
