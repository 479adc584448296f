import { apply, expectDType, sizeOf } from '../define'
import type { OpDefinition, Tensor } from '../types'

export type OneHotAttrs = { readonly depth: number }

/** Class numbers as indicator rows. */
export const oneHotOp: OpDefinition<OneHotAttrs> = {
  name: 'oneHot',
  doc: 'float32 [...indices.shape, depth]: 1 at the int32 index, 0 elsewhere; a row of zeros for an index outside 0 … depth − 1.',
  infer([indices], { depth }) {
    expectDType('oneHot', indices.dtype, 'int32')
    return { dtype: 'float32', shape: [...indices.shape, depth] }
  },
  gradient: null,
  evaluate([indices], { depth }, { shape }) {
    const result = new Float64Array(sizeOf(shape))
    indices.data.forEach((index, at) => {
      if (index >= 0 && index < depth) result[at * depth + index] = 1
    })
    return result
  },
}

export function oneHot(indices: Tensor, depth: number): Tensor {
  return apply(oneHotOp, [indices], { depth })
}
