import { CHUNK_POINTS, decodeChunk, encodeChunk } from './chunk'
import type { Connection } from './connection'
import { findSeries, insertSeries, promote, putRow, updateStats } from './series-rows'
import { addToStats, emptyStats, statsOf, type Stats } from './stats'
import type { PointBatch, Points, Progress } from './types'

interface FullChunk {
  readonly seq: number
  readonly lastStep: number
  readonly data: Uint8Array
}

/** The end of one series, in memory: the chunk under construction, and full ones that are not written yet. */
class SeriesTail {
  #id: number | null = null
  #assigned: number | null = null
  #seq = 0
  #count = 0
  readonly #chunk: Points = {
    steps: new Float64Array(CHUNK_POINTS),
    times: new Float64Array(CHUNK_POINTS),
    values: new Float64Array(CHUNK_POINTS),
  }
  #full: FullChunk[] = []
  #stats: Stats = emptyStats()
  dirty = false

  constructor(
    readonly connection: Connection,
    readonly run: number,
    readonly key: string,
  ) {
    const row = findSeries(connection, run, key)
    if (row === undefined) return
    this.#id = row.id
    this.#stats = statsOf(row)
    this.#seq = Math.floor(row.count / CHUNK_POINTS)
    this.#count = row.count % CHUNK_POINTS
    if (this.#count > 0) this.#restore(row.id)
  }

  #restore(id: number): void {
    const row = this.connection
      .sql<{ data: Uint8Array }>('SELECT data FROM chunks WHERE series = ? AND level = 0 AND seq = ?')
      .get(id, this.#seq)
    if (row === undefined) throw new Error(`series ${id} lacks its last chunk`)
    const { steps, times, values } = decodeChunk(row.data)
    this.#chunk.steps.set(steps)
    this.#chunk.times.set(times)
    this.#chunk.values.set(values)
  }

  /** Bytes that wait for the next flush. */
  get waiting(): number {
    return this.#full.reduce((sum, { data }) => sum + data.length, 0)
  }

  append({ steps, times }: PointBatch, values: ArrayLike<number>): void {
    addToStats(this.#stats, steps, values, 0, steps.length)
    const { steps: ownSteps, times: ownTimes, values: ownValues } = this.#chunk
    for (let index = 0; index < steps.length; index++) {
      ownSteps[this.#count] = steps[index]
      ownTimes[this.#count] = times[index]
      ownValues[this.#count] = values[index]
      if (++this.#count === CHUNK_POINTS) this.#completeChunk()
    }
    this.dirty = true
  }

  /** Throws when the steps do not follow those recorded. */
  expectOrder(steps: ArrayLike<number>): void {
    let previous = this.#stats.count === 0 ? 0 : this.#stats.lastStep
    for (let index = 0; index < steps.length; index++) {
      if (!(steps[index] >= previous) || !Number.isSafeInteger(steps[index])) {
        throw new Error(`${this.key}: step ${steps[index]} after step ${previous}`)
      }
      previous = steps[index]
    }
  }

  #completeChunk(): void {
    this.#full.push({ seq: this.#seq, lastStep: this.#chunk.steps[CHUNK_POINTS - 1], data: encodeChunk(this.#chunk) })
    this.#seq++
    this.#count = 0
  }

  /** Inside a transaction. Nothing changes here until `committed`: after a rollback the same can be written again. */
  write(): void {
    const id = this.#id ?? insertSeries(this.connection, this.run, this.key)
    this.#assigned = id
    updateStats(this.connection, id, this.#stats)
    for (const { seq, lastStep, data } of this.#full) {
      putRow(this.connection, id, 0, seq, lastStep, data)
      promote(this.connection, id, 0, seq, lastStep)
    }
    if (this.#count === 0) return
    const { steps, times, values } = this.#chunk
    const tail = { steps: steps.subarray(0, this.#count), times: times.subarray(0, this.#count), values: values.subarray(0, this.#count) }
    putRow(this.connection, id, 0, this.#seq, steps[this.#count - 1], encodeChunk(tail))
  }

  committed(): void {
    this.#id = this.#assigned
    this.#full = []
    this.dirty = false
  }
}

/** Points and progress that are not on disk yet. */
export class PointWriter {
  readonly #runs = new Map<number, Map<string, SeriesTail>>()
  readonly #progress = new Map<number, Progress>()

  constructor(readonly connection: Connection) {}

  /** All columns or, when the batch is refused, none. */
  append(run: number, batch: PointBatch): void {
    const columns = Object.entries(batch.columns)
    for (const [key, values] of columns) {
      if (values.length !== batch.steps.length || batch.times.length !== batch.steps.length) {
        throw new Error(`${key}: ${values.length} values and ${batch.times.length} times for ${batch.steps.length} steps`)
      }
    }
    for (let index = 0; index < batch.times.length; index++) {
      if (!Number.isFinite(batch.times[index])) throw new Error(`time ${batch.times[index]} of step ${batch.steps[index]}`)
    }
    const tails = batch.steps.length === 0 ? [] : columns.map(([key]) => this.#tail(run, key))
    for (const tail of tails) tail.expectOrder(batch.steps)
    tails.forEach((tail, index) => tail.append(batch, columns[index][1]))
    if (batch.progress !== undefined) this.#progress.set(run, batch.progress)
  }

  setProgress(run: number, progress: Progress): void {
    this.#progress.set(run, progress)
  }

  get dirty(): boolean {
    return this.#progress.size > 0 || this.#dirtyTails().next().done === false
  }

  /** Bytes that wait for the next flush, beside the chunks under construction. */
  get waiting(): number {
    let sum = 0
    for (const tail of this.#dirtyTails()) sum += tail.waiting
    return sum
  }

  /** Inside a transaction; `committed` after it. */
  write(now: number): void {
    const runs = new Set(this.#progress.keys())
    for (const tail of this.#dirtyTails()) {
      tail.write()
      runs.add(tail.run)
    }
    for (const run of runs) this.#writeRun(run, now)
  }

  committed(): void {
    for (const tail of [...this.#dirtyTails()]) tail.committed()
    this.#progress.clear()
  }

  /** The run's rows were changed otherwise, or it came to rest. Everything must have been written. */
  forget(run: number): void {
    this.#runs.delete(run)
    this.#progress.delete(run)
  }

  #writeRun(run: number, now: number): void {
    const progress = this.#progress.get(run)
    if (progress === undefined) {
      this.connection.sql('UPDATE runs SET updated_at = ? WHERE key = ?').run(now, run)
    } else {
      const { steps, epochs, samples, seconds } = progress
      this.connection
        .sql('UPDATE runs SET updated_at = ?, steps = ?, epochs = ?, samples = ?, seconds = ? WHERE key = ?')
        .run(now, steps, epochs, samples, seconds, run)
    }
  }

  #tail(run: number, key: string): SeriesTail {
    let tails = this.#runs.get(run)
    if (tails === undefined) this.#runs.set(run, (tails = new Map<string, SeriesTail>()))
    let tail = tails.get(key)
    if (tail === undefined) tails.set(key, (tail = new SeriesTail(this.connection, run, key)))
    return tail
  }

  *#dirtyTails(): Generator<SeriesTail> {
    for (const tails of this.#runs.values()) for (const tail of tails.values()) if (tail.dirty) yield tail
  }
}
