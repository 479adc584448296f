import { apply, expectDType, sizeOf, stridesOf } from '../define'
import { normalizeAxis } from '../operands'
import type { OpDefinition, Tensor } from '../types'
import { forEachIndex, positionOf } from './indexing'

export type ArgMaxAttrs = { readonly axis: number }

/** Index of the maximum along an axis. */
export const argMaxOp: OpDefinition<ArgMaxAttrs> = {
  name: 'argMax',
  doc: 'Index (int32) of the maximum along an axis, which is removed; the first one on ties.',
  infer([x], { axis }) {
    expectDType('argMax', x.dtype, 'float32')
    normalizeAxis('argMax', x.shape.length, axis)
    return { dtype: 'int32', shape: x.shape.filter((_, at) => at !== axis) }
  },
  gradient: null,
  evaluate([x], { axis }, { shape }) {
    const step = stridesOf(x.shape)[axis]
    const strides = stridesOf(x.shape).filter((_, at) => at !== axis)
    const result = new Float64Array(sizeOf(shape))
    forEachIndex(shape, (index, flat) => {
      const start = positionOf(index, strides)
      for (let at = 1; at < x.shape[axis]; at++) {
        if (x.data[start + at * step] > x.data[start + result[flat] * step]) result[flat] = at
      }
    })
    return result
  },
}

/** A negative axis counts from the end. */
export function argMax(x: Tensor, { axis }: ArgMaxAttrs): Tensor {
  return apply(argMaxOp, [x], { axis: normalizeAxis('argMax', x.shape.length, axis) })
}
