import { permutation, randomSource } from '@shared/lib/random'

/** How an epoch is cut into steps: `full` steps of `batchSize` rows, then one of `remainder` rows unless that is 0. */
export interface EpochLayout {
  readonly rows: number
  readonly batchSize: number
  readonly full: number
  readonly remainder: number
  readonly steps: number
}

/** `batchSize` must not exceed `rows`; `'full'` is batch gradient descent. */
export function epochLayout(rows: number, batchSize: number | 'full'): EpochLayout {
  const size = batchSize === 'full' ? rows : batchSize
  const full = Math.floor(rows / size)
  const remainder = rows % size
  return { rows, batchSize: size, full, remainder, steps: full + (remainder > 0 ? 1 : 0) }
}

/** Row order of an epoch (0 is the first): a function of seed and epoch alone. A single batch of all rows keeps their
 *  order: it changes nothing but rounding. */
export function epochOrder(layout: EpochLayout, epoch: number, seed: number, shuffle: boolean): Int32Array {
  if (!shuffle || layout.steps === 1) return Int32Array.from({ length: layout.rows }, (_, row) => row)
  return permutation(layout.rows, randomSource(seed, 'shuffle', epoch))
}
