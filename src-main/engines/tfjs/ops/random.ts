import { randomBitsTable, sizeOf } from '@shared/graph'
import { upload } from '../backend'
import type { Forms } from '../form'

/**
 * Hashes in plain JavaScript: tfjs-core has no bit operations. The key comes down to the host and the bits go up, at
 * every step.
 */
export const randomForms: Forms = {
  randomBits: (_attrs, { shape }) => {
    const table = randomBitsTable(sizeOf(shape))
    return (key) => {
      const [mask, factor] = key.dataSync<'int32'>()
      return upload(table.map((entry) => hash(entry ^ mask, factor | 1)), shape, 'int32')
    }
  },
}

function hash(entry: number, factor: number): number {
  let h = Math.imul(entry, factor)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return h ^ (h >>> 12)
}
