import { refuse } from '@shared/spec/issue'
import { CHUNK_POINTS } from './chunk'
import type { Buckets, Points } from './types'

/**
 * Summaries of a series, coarser by 4 from level to level. A row of level k ≥ 1 holds 64 buckets of 64·4^(k−1) points.
 * Rows are written once, when their last point is: what no full row covers yet is read from the level below.
 */
const ROW_BUCKETS = 64
/** Rows of one level that make one row of the next. */
export const ROWS_PER_PARENT = 4

/** Points in a bucket; of level 0, one. */
export function bucketPoints(level: number): number {
  return level === 0 ? 1 : 64 * 4 ** (level - 1)
}

/** Points in a full row. */
export function rowPoints(level: number): number {
  return level === 0 ? CHUNK_POINTS : ROW_BUCKETS * bucketPoints(level)
}

const FIELDS = ['firstStep', 'firstTime', 'min', 'minStep', 'minTime', 'max', 'maxStep', 'maxTime', 'mean', 'finite', 'nonFinite'] as const

/** Buckets as views into one array, field by field. */
function bucketsOver(data: Float64Array): Buckets {
  const count = data.length / FIELDS.length
  return Object.fromEntries(FIELDS.map((name, field) => [name, data.subarray(field * count, (field + 1) * count)])) as unknown as Buckets
}

/** Adds up points and buckets, in order, into consecutive buckets. */
export class BucketBuilder {
  readonly #data: Float64Array
  readonly #buckets: Buckets
  #open = -1
  #sum = 0

  constructor(capacity: number) {
    this.#data = new Float64Array(capacity * FIELDS.length)
    this.#buckets = bucketsOver(this.#data)
  }

  /** What is added next belongs to a new bucket, which begins here. */
  begin(step: number, time: number): void {
    this.#finishMean()
    const { firstStep, firstTime, min, minStep, minTime, max, maxStep, maxTime, mean } = this.#buckets
    const at = ++this.#open
    firstStep[at] = step
    firstTime[at] = time
    for (const field of [min, minStep, minTime, max, maxStep, maxTime, mean]) field[at] = Number.NaN
    this.#sum = 0
  }

  addPoints({ steps, times, values }: Points, from: number, to: number): void {
    const { min, minStep, minTime, max, maxStep, maxTime, finite, nonFinite } = this.#buckets
    const at = this.#open
    let count = 0
    for (let index = from; index < to; index++) {
      const value = values[index]
      if (!Number.isFinite(value)) continue
      count++
      this.#sum += value
      if (!(min[at] <= value)) {
        min[at] = value
        minStep[at] = steps[index]
        minTime[at] = times[index]
      }
      if (!(max[at] >= value)) {
        max[at] = value
        maxStep[at] = steps[index]
        maxTime[at] = times[index]
      }
    }
    finite[at] += count
    nonFinite[at] += to - from - count
  }

  addBucket(from: Buckets, index: number): void {
    const into = this.#buckets
    const at = this.#open
    into.finite[at] += from.finite[index]
    into.nonFinite[at] += from.nonFinite[index]
    if (from.finite[index] === 0) return
    this.#sum += from.mean[index] * from.finite[index]
    if (!(into.min[at] <= from.min[index])) {
      into.min[at] = from.min[index]
      into.minStep[at] = from.minStep[index]
      into.minTime[at] = from.minTime[index]
    }
    if (!(into.max[at] >= from.max[index])) {
      into.max[at] = from.max[index]
      into.maxStep[at] = from.maxStep[index]
      into.maxTime[at] = from.maxTime[index]
    }
  }

  finish(): Buckets {
    this.#finishMean()
    const count = this.#open + 1
    return Object.fromEntries(FIELDS.map((name) => [name, this.#buckets[name].slice(0, count)])) as unknown as Buckets
  }

  #finishMean(): void {
    if (this.#open < 0) return
    const count = this.#buckets.finite[this.#open]
    this.#buckets.mean[this.#open] = count === 0 ? Number.NaN : this.#sum / count
  }
}

/** One row of level 1 from the chunks that it covers. */
export function summarizeChunks(chunks: readonly Points[]): Buckets {
  const builder = new BucketBuilder(ROW_BUCKETS)
  const points = bucketPoints(1)
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.steps.length; from += points) {
      builder.begin(chunk.steps[from], chunk.times[from])
      builder.addPoints(chunk, from, from + points)
    }
  }
  return builder.finish()
}

/** One row of the next level from the rows that it covers. */
export function summarizeRows(rows: readonly Buckets[]): Buckets {
  const builder = new BucketBuilder(ROW_BUCKETS)
  for (const row of rows) {
    for (let from = 0; from < ROW_BUCKETS; from += ROWS_PER_PARENT) {
      builder.begin(row.firstStep[from], row.firstTime[from])
      for (let index = from; index < from + ROWS_PER_PARENT; index++) builder.addBucket(row, index)
    }
  }
  return builder.finish()
}

export function encodeRow(row: Buckets): Uint8Array {
  const data = new Float64Array(ROW_BUCKETS * FIELDS.length)
  FIELDS.forEach((name, field) => data.set(row[name], field * ROW_BUCKETS))
  return new Uint8Array(data.buffer)
}

/** Throws `history-damaged` when the bytes are not those of a row. */
export function decodeRow(bytes: Uint8Array): Buckets {
  if (bytes.byteLength !== ROW_BUCKETS * FIELDS.length * 8) {
    refuse('history-damaged', [], { path: 'descent.sqlite', reason: 'a summary of points does not decode' })
  }
  return bucketsOver(new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)))
}
