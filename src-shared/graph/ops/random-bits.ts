import { apply, expectDType, sameShape, sizeOf } from '../define'
import type { OpDefinition, Shape, Tensor } from '../types'
import { ShapeError } from '../types'

export type RandomBitsAttrs = { readonly shape: Shape }

/**
 * Counter-based random bits: a hash of (element number, key). The part that depends on the element number alone is a
 * constant table, so that a step costs two multiplications and three exclusive ors per element:
 * h = (table[i] ^ key[0]) · (key[1] | 1); h ^= h >>> 15; h ·= 0x2c1b3c6d; h ^= h >>> 12, in wrapping int32 arithmetic.
 * Both words of the key must be random themselves (hashed from seed, stream and step): keys that count give masks that
 * resemble each other.
 */
export const randomBitsOp: OpDefinition<RandomBitsAttrs> = {
  name: 'randomBits',
  doc: 'Uniform int32 of `shape`, a function of the key (int32 [2]) and the row-major element number.',
  infer([key], { shape }) {
    expectDType('randomBits', key.dtype, 'int32')
    if (!sameShape(key.shape, [2])) throw new ShapeError(`randomBits: needs a key [2], got [${key.shape.join(', ')}]`)
    return { dtype: 'int32', shape }
  },
  gradient: null,
  evaluate([key], { shape }) {
    const [mask, factor] = key.data
    return Float64Array.from(randomBitsTable(sizeOf(shape)), (entry) => {
      let h = Math.imul(entry ^ mask, factor | 1)
      h ^= h >>> 15
      h = Math.imul(h, 0x2c1b3c6d)
      return h ^ (h >>> 12)
    })
  },
}

export function randomBits(key: Tensor, shape: Shape): Tensor {
  return apply(randomBitsOp, [key], { shape })
}

/** The constant part of {@link randomBitsOp}: lowbias32 (C. Wellons, "Prospecting for Hash Functions") of 0 … size − 1. */
export function randomBitsTable(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, index) => {
    let x = index ^ (index >>> 16)
    x = Math.imul(x, 0x7feb352d)
    x ^= x >>> 15
    x = Math.imul(x, 0x846ca68b)
    return x ^ (x >>> 16)
  })
}
