import type { PreparationPlan } from './prepare'
import { elementsOf } from './rows'
import { groupStatistics, statisticsOf } from './statistics'
import type { Column, DataSummary, RawData, RawTargets } from './types'
import { visibleName, visibleText } from './visible'

const FIRST_ROWS = 5
const FIRST_ELEMENTS = 8
/** Characters shown of a window: the last ones, which what follows hangs on. */
const LAST_CHARACTERS = 40

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
    firstRows: Array.from({ length: Math.min(FIRST_ROWS, raw.rows) }, (_, row) => rowTexts(raw, row)),
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
  if (features.characters !== undefined) return { name: 'characters', kind: 'text', min: 0, max: 0, mean: 0, missing: 0, categories: features.characters.length }
  const [{ count, min, max, mean }] = groupStatistics(features.data, Int32Array.from({ length: rows }, (_, row) => row), 1, elementsOf(features.shape))
  return { name: features.shape.length === 3 ? 'pixels' : 'values', kind: 'numeric', min, max, mean, missing: features.data.length - count, categories: 0 }
}

function classCounts(targets: RawTargets): readonly number[] {
  if (targets.kind !== 'class') return []
  const counts = targets.classNames.map(() => 0)
  for (const label of targets.labels) if (label >= 0) counts[label]++
  return counts
}

function rowTexts(raw: RawData, row: number): readonly string[] {
  const { features, targets } = raw
  if (features.kind === 'columns' || features.characters === undefined || targets.kind !== 'class') return [...featureTexts(raw, row), ...targetTexts(targets, row)]
  return [windowText(features.data, elementsOf(features.shape), row, features.characters), windowText(targets.labels, targets.positions ?? 1, row, targets.classNames)]
}

/** The characters that one row's numbers stand for. */
function windowText(numbers: ArrayLike<number>, length: number, row: number, characters: readonly string[]): string {
  const shown = Math.min(length, LAST_CHARACTERS)
  const read = Array.from({ length: shown }, (_, at) => characters[numbers[(row + 1) * length - shown + at]] ?? '').join('')
  return shown < length ? `… ${visibleText(read)}` : shown === 1 ? visibleName(read) : visibleText(read)
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
