import type { PointBatch } from '@shared/protocol/training'

interface Chunk {
  readonly count: number
  readonly columns: Readonly<Record<string, Float64Array>>
  readonly from: number
  readonly to: number
}

/** Gathers consecutive steps' metrics, so that small dispatches do not become small messages. */
export class Recorder {
  #chunks: Chunk[] = []
  #firstStep = 0

  /** Steps made between two moments of training time; they share it evenly. */
  add(firstStep: number, count: number, columns: Readonly<Record<string, Float64Array>>, from: number, to: number): void {
    if (this.#chunks.length === 0) this.#firstStep = firstStep
    this.#chunks.push({ count, columns, from, to })
  }

  /** Everything since the last call, or null. */
  take(): PointBatch | null {
    const chunks = this.#chunks
    if (chunks.length === 0) return null
    this.#chunks = []
    const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0)
    const columns = Object.fromEntries(Object.keys(chunks[0].columns).map((key) => [key, join(count, chunks.map((chunk) => chunk.columns[key]))]))
    const seconds = join(count, chunks.map((chunk) => Float64Array.from({ length: chunk.count }, (_, index) => chunk.from + ((chunk.to - chunk.from) * (index + 1)) / chunk.count)))
    return { firstStep: this.#firstStep, count, columns, seconds }
  }
}

function join(count: number, parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]
  const joined = new Float64Array(count)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
