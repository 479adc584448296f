import type { HistoryApi } from '@main/core/history'
import { refuse } from '@shared/spec/issue'
import { encodeNpy } from '@main/core/exports/npy'
import type { PointTable } from './format'

/** Every point of the run; metrics that were measured at the same steps and times share a table. */
export function readTables(history: HistoryApi, runId: string): readonly PointTable[] {
  const tables: { steps: Float64Array; seconds: Float64Array; metrics: Map<string, Float64Array> }[] = []
  for (const key of history.listSeries(runId)) {
    const { steps, times, values } = history.readSeries(runId, key, { maxPoints: Number.MAX_SAFE_INTEGER })
    if (steps.length === 0) continue
    const beside = tables.find((table) => same(table.steps, steps) && same(table.seconds, times))
    if (beside === undefined) tables.push({ steps, seconds: times, metrics: new Map([[key, values]]) })
    else beside.metrics.set(key, values)
  }
  return tables
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}

/** float64 `[2 + metrics, points]` as NumPy's `.npy`. */
export function encodeTable({ steps, seconds, metrics }: PointTable): Uint8Array {
  const rows = [steps, seconds, ...metrics.values()]
  const data = new Float64Array(rows.length * steps.length)
  rows.forEach((row, at) => data.set(row, at * steps.length))
  return encodeNpy(data, [rows.length, steps.length])
}

/** Reads what {@link encodeTable} wrote, and nothing else. Throws `bundle-points`. */
export function decodeTable(bytes: Uint8Array, file: string, names: readonly string[], points: number): PointTable {
  const header = encodeNpy(new Float64Array(0), [names.length + 2, points])
  const expected = header.length + (names.length + 2) * points * 8
  if (bytes.length !== expected || !header.every((byte, at) => byte === bytes[at])) refuse('bundle-points', [], { file })
  // A copy: where the bytes begin, no float64 may lie.
  const data = new Float64Array(bytes.slice(header.length).buffer)
  const row = (at: number): Float64Array => data.subarray(at * points, (at + 1) * points)
  const [steps, seconds] = [row(0), row(1)]
  const ordered = steps.every((step, at) => Number.isSafeInteger(step) && step >= (at === 0 ? 0 : steps[at - 1]))
  if (!ordered || !seconds.every(Number.isFinite)) refuse('bundle-points', [], { file })
  return { steps, seconds, metrics: new Map(names.map((name, at) => [name, row(at + 2)])) }
}
