import type { PreparationPlan } from './prepare'
import { elementsOf } from './rows'
import { groupStatistics, statisticsOf } from './statistics'
import type { Column, DataSummary, RawData, RawTargets } from './types'

const FIRST_ROWS = 5
const FIRST_ELEMENTS = 8

type FeatureSummary = DataSummary['features'][number]

/** What was read, in raw values: for people, before any preprocessing. */
export function summarize(raw: RawData, plan: PreparationPlan, contentHash: string): DataSummary {
  return {
    rows: raw.rows,
    sampleShape: plan.sampleShape,
    target: plan.target,
    parts: { train: plan.rows.train.length, validation: plan.rows.validation.length, test: plan.rows.test.length },
    features: raw.features.kind === 'columns' ? raw.features.columns.map(summarizeColumn) : [summarizeDense(raw)],
    columnNames: raw.columnNames ?? [],
    classCounts: classCounts(raw.targets),
    firstRows: Array.from({ length: Math.min(FIRST_ROWS, raw.rows) }, (_, row) => [...featureTexts(raw, row), ...targetTexts(raw.targets, row)]),
    contentHash,
  }
}

function summarizeColumn(column: Column): FeatureSummary {
  if (column.kind === 'category') {
    const missing = column.codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0)
    return { name: column.name, kind: 'category', min: 0, max: 0, mean: 0, missing, categories: column.categories.length }
  }
  const { values } = column
  const { count, min, max, mean } = statisticsOf((at) => values[at], values.length)
  return { name: column.name, kind: 'numeric', min, max, mean, missing: values.length - count, categories: 0 }
}

function summarizeDense({ features, rows }: RawData): FeatureSummary {
  if (features.kind !== 'dense') throw new Error('columns are summarized one by one')
  const [{ count, min, max, mean }] = groupStatistics(features.data, Int32Array.from({ length: rows }, (_, row) => row), 1, elementsOf(features.shape))
  return { name: features.shape.length === 3 ? 'pixels' : 'values', kind: 'numeric', min, max, mean, missing: features.data.length - count, categories: 0 }
}

function classCounts(targets: RawTargets): readonly number[] {
  if (targets.kind !== 'class') return []
  const counts = targets.classNames.map(() => 0)
  for (const label of targets.labels) if (label >= 0) counts[label]++
  return counts
}

function featureTexts({ features }: RawData, row: number): string[] {
  if (features.kind === 'columns') {
    return features.columns.map((column) => (column.kind === 'numeric' ? numberText(column.values[row]) : column.codes[row] < 0 ? '' : column.categories[column.codes[row]]))
  }
  const elements = elementsOf(features.shape)
  const shown = Array.from(features.data.subarray(row * elements, row * elements + Math.min(elements, FIRST_ELEMENTS)), numberText)
  return elements > FIRST_ELEMENTS ? [...shown, '…'] : shown
}

function targetTexts(targets: RawTargets, row: number): string[] {
  if (targets.kind === 'class') {
    const { labels, classNames, positions = 1 } = targets
    const shown = Math.min(positions, FIRST_ELEMENTS)
    const names = Array.from(labels.subarray(row * positions, row * positions + shown), (label) => (label < 0 ? '' : classNames[label]))
    return [positions > shown ? `${names.join(' ')} …` : names.join(' ')]
  }
  const size = elementsOf(targets.shape)
  return Array.from(targets.data.subarray(row * size, (row + 1) * size), numberText)
}

/** Six significant digits; empty where missing. */
function numberText(value: number): string {
  return Number.isNaN(value) ? '' : String(Number(value.toPrecision(6)))
}
