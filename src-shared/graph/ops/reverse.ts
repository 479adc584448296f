import { apply, stridesOf } from '../define'
import { normalizeAxes } from '../operands'
import type { OpDefinition, Tensor } from '../types'
import { gatherElements } from './indexing'

export type ReverseAttrs = { readonly axes: readonly number[] }

/** Elements in opposite order along axes. */
export const reverseOp: OpDefinition<ReverseAttrs> = {
  name: 'reverse',
  doc: 'Elements in opposite order along `axes`.',
  infer([x], { axes }) {
    normalizeAxes('reverse', x.shape.length, axes)
    return { dtype: x.dtype, shape: x.shape }
  },
  gradient: ({ attrs: { axes } }, dy) => [reverse(dy, axes)],
  evaluate([x], { axes }, { shape }) {
    const strides = stridesOf(shape)
    const mirrored = (at: number, axis: number): number => (axes.includes(axis) ? shape[axis] - 1 - at : at)
    return gatherElements(x.data, shape, (index) => index.reduce((position, at, axis) => position + mirrored(at, axis) * strides[axis], 0))
  },
}

/** Negative axes count from the end. Appends nothing when there is no axis. */
export function reverse(x: Tensor, axes: readonly number[]): Tensor {
  return axes.length === 0 ? x : apply(reverseOp, [x], { axes: normalizeAxes('reverse', x.shape.length, axes) })
}
