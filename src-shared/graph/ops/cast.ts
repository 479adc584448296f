import { apply } from '../define'
import type { DType, OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'

export type CastAttrs = { readonly dtype: DType }

/** x in another dtype. No gradient: the only cast that could pass one, float32 to itself, is never appended. */
export const castOp: OpDefinition<CastAttrs> = {
  name: 'cast',
  doc: 'x in another dtype: float32 to int32 truncates toward zero (undefined beyond int32), to bool is x ≠ 0, bool is 0 or 1.',
  infer([x], { dtype }) {
    if (x.dtype === dtype) throw new ShapeError(`cast: is ${dtype} already`)
    return { dtype, shape: x.shape }
  },
  gradient: null,
  evaluate([x], { dtype }) {
    if (dtype === 'bool') return x.data.map((value) => (value === 0 ? 0 : 1))
    return dtype === 'int32' ? x.data.map((value) => Math.trunc(value) | 0) : x.data
  },
}

/** Appends nothing when x has this dtype already. */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : apply(castOp, [x], { dtype })
}
