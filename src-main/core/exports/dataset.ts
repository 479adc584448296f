import type { DatasetDocument } from '@shared/catalog/datasets'
import { elementsOf } from '@shared/data/rows'
import type { RawData } from '@shared/data/types'
import { IssueError, refuse, success, type Result } from '@shared/spec/issue'
import { readRaw, type DatasetContext } from '@main/core/datasets/load'
import { encodeNpz } from './npy'

/**
 * A data set as it is read or generated, before split and preprocessing, as NumPy's `.npz`: `features` `[rows, …]`,
 * `labels` or `targets`, and `test_from`, the row at which its own test part begins (the number of rows without one).
 * Issues: those of reading it, and `export-dataset-categories`.
 */
export async function exportDataset(document: DatasetDocument, context: DatasetContext): Promise<Result<Uint8Array>> {
  try {
    return success(encode(await readRaw(document, context)))
  } catch (error) {
    if (error instanceof IssueError) return { ok: false, issues: error.issues }
    throw error
  }
}

function encode(raw: RawData): Uint8Array {
  const { rows, targets, testFrom = rows } = raw
  const answers = targets.kind === 'class' ? { name: 'labels', shape: [rows], data: targets.labels } : { name: 'targets', shape: [rows, ...targets.shape], data: targets.data }
  return encodeNpz('npz', [{ name: 'features', ...features(raw) }, answers, { name: 'test_from', shape: [1], data: Int32Array.of(testFrom) }])
}

function features({ features: found, rows }: RawData): { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array | Uint8Array } {
  if (found.kind === 'dense') return { shape: [rows, ...found.shape], data: found.data.subarray(0, rows * elementsOf(found.shape)) }
  const { columns } = found
  const data = new Float64Array(rows * columns.length)
  columns.forEach((column, at) => {
    if (column.kind === 'category') return refuse('export-dataset-categories', [], { column: column.name })
    column.values.forEach((value, row) => (data[row * columns.length + at] = value))
  })
  return { shape: [rows, columns.length], data }
}
