import { apply, stridesOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'
import { gatherElements, positionOf } from './indexing'

export type TransposeAttrs = { readonly perm: readonly number[] }

/** Axes in another order. */
export const transposeOp: OpDefinition<TransposeAttrs> = {
  name: 'transpose',
  doc: 'Axes in another order: axis i of the result is axis perm[i] of x.',
  infer([x], { perm }) {
    const complete = perm.length === x.shape.length && x.shape.every((_, axis) => perm.includes(axis))
    if (!complete) throw new ShapeError(`transpose: [${perm.join(', ')}] does not permute the axes of [${x.shape.join(', ')}]`)
    return { dtype: x.dtype, shape: perm.map((axis) => x.shape[axis]) }
  },
  gradient: ({ attrs: { perm } }, dy) => [transpose(dy, perm.map((_, axis) => perm.indexOf(axis)))],
  evaluate([x], { perm }, { shape }) {
    const strides = stridesOf(x.shape)
    const permuted = perm.map((axis) => strides[axis])
    return gatherElements(x.data, shape, (index) => positionOf(index, permuted))
  },
}

/** Appends nothing when the order stays. */
export function transpose(x: Tensor, perm: readonly number[]): Tensor {
  const unchanged = perm.length === x.shape.length && perm.every((from, axis) => from === axis)
  return unchanged ? x : apply(transposeOp, [x], { perm })
}
