import type { PreprocessOptions } from '@shared/catalog/datasets/preprocess-options'
import { refuse } from '@shared/spec/issue'
import { elementsOf, rowArgs } from './rows'
import type { RawData } from './types'

const PATH = ['dataset', 'preprocess', 'missing']

/**
 * The rows to use, ascending: all, or under `drop` those without missing values. Refuses missing values where nothing
 * fills them: any under `error`; targets and dense features under `mean` and `median`.
 */
export function usableRows(raw: RawData, missing: PreprocessOptions['missing']): Int32Array {
  const rows = Int32Array.from({ length: raw.rows }, (_, row) => row)
  const featureGap = featureGaps(raw)
  const targetGap = targetGaps(raw)
  if (missing === 'drop') return rows.filter((row) => featureGap(row) === null && targetGap(row) === null)
  const fills = missing !== 'error' && raw.features.kind === 'columns'
  for (const row of rows) {
    const target = targetGap(row)
    if (target !== null) refuse('data-missing-target', PATH, { ...rowArgs(raw, row), column: target })
    const feature = fills ? null : featureGap(row)
    if (feature !== null) refuse('data-missing-value', PATH, { ...rowArgs(raw, row), column: feature })
  }
  return rows
}

/** Name of a row's first missing feature, or null. */
function featureGaps({ features }: RawData): (row: number) => string | null {
  if (features.kind === 'columns') {
    const gaps = features.columns.map((column) => ({ name: column.name, missing: column.kind === 'numeric' ? (row: number) => Number.isNaN(column.values[row]) : (row: number) => column.codes[row] < 0 }))
    return (row) => gaps.find((gap) => gap.missing(row))?.name ?? null
  }
  const { data, shape } = features
  if (data instanceof Uint8Array) return () => null
  const elements = elementsOf(shape)
  return (row) => {
    for (let at = row * elements; at < (row + 1) * elements; at++) if (!Number.isFinite(data[at])) return String(at - row * elements)
    return null
  }
}

function targetGaps({ targets }: RawData): (row: number) => string | null {
  if (targets.kind === 'class') return (row) => (targets.labels[row] < 0 ? '' : null)
  const size = elementsOf(targets.shape)
  return (row) => {
    for (let element = 0; element < size; element++) if (!Number.isFinite(targets.data[row * size + element])) return targets.names[element] ?? String(element)
    return null
  }
}
