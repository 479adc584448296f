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
  const rows = allRows(raw)
  const featureGap = featureGaps(raw)
  const targetMissing = missingTargets(raw)
  if (missing === 'drop') return rows.filter((row) => featureGap(row) === null && !targetMissing(row))
  const fills = missing !== 'error' && raw.features.kind === 'columns'
  for (const row of rows) {
    if (targetMissing(row)) refuse('data-missing-target', PATH, rowArgs(raw, row))
    const feature = fills ? null : featureGap(row)
    if (feature !== null) refuse('data-missing-value', PATH, { ...rowArgs(raw, row), column: feature })
  }
  return rows
}

/** Ascending. */
export function rowsWithoutTarget(raw: RawData): Int32Array {
  return allRows(raw).filter(missingTargets(raw))
}

function allRows({ rows }: RawData): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row)
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

function missingTargets({ targets }: RawData): (row: number) => boolean {
  if (targets.kind === 'class') {
    const { labels, positions = 1 } = targets
    return (row) => labels.subarray(row * positions, (row + 1) * positions).some((label) => label < 0)
  }
  const size = elementsOf(targets.shape)
  return (row) => !targets.data.subarray(row * size, (row + 1) * size).every(Number.isFinite)
}
