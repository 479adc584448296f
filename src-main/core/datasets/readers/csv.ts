import { csv } from '@shared/catalog/datasets/csv'
import type { Column, NumericValues, RawData, RawTargets } from '@shared/data/types'
import { refuse } from '@shared/spec/issue'
import { findFile } from '../files'
import { sortCategories } from './categories'
import { readTable } from './csv-table'
import { readerOf } from './reader'

/** More different integers than this are values to predict, not classes. */
const MAX_INTEGER_CLASSES = 20
/** Fewer rows per integer than this, on average, and it is a value. */
const MIN_ROWS_PER_CLASS = 5

type Task = 'auto' | 'classification' | 'regression'

export const csvReader = readerOf(csv, async (options, { baseDirectory }): Promise<RawData> => {
  const train = await findFile(options.path, baseDirectory, ['dataset', 'path'])
  const test = options.testPath === undefined ? [] : [await findFile(options.testPath, baseDirectory, ['dataset', 'testPath'])]
  const target = Array.isArray(options.target) ? options.target : [options.target]
  const table = await readTable([train, ...test], {
    ...options,
    target,
    missingValues: new Set(options.missingValues),
    targetKind: options.task === 'classification' ? 'category' : options.task === 'regression' || target.length > 1 ? 'numeric' : 'auto',
  })
  if (target.length > 1 && options.task === 'classification') refuse('csv-several-classes', ['dataset', 'target'])
  return {
    rows: table.rows,
    features: { kind: 'columns', columns: table.features },
    targets: target.length > 1 ? valueTargets(table.targets) : tableTarget(table.targets[0], options.task),
    origin: table.origin,
    columnNames: table.names,
    ...(test.length === 0 ? {} : { testFrom: table.origin.files[1].from }),
  }
})

/** One target column as classes or values. */
export function tableTarget(column: Column, task: Task): RawTargets {
  if (column.kind === 'category') return { kind: 'class', labels: column.codes, classNames: column.categories }
  if (task === 'classification' || (task === 'auto' && looksLikeClasses(column.values))) return numberClasses(column.values)
  return valueTargets([column])
}

function looksLikeClasses(values: NumericValues): boolean {
  const distinct = new Set<number>()
  for (const value of values) {
    if (Number.isNaN(value)) continue
    if (!Number.isInteger(value)) return false
    distinct.add(value)
    if (distinct.size > MAX_INTEGER_CLASSES) return false
  }
  return distinct.size <= 2 || distinct.size * MIN_ROWS_PER_CLASS <= values.length
}

function numberClasses(values: NumericValues): RawTargets {
  const classNames = sortCategories([...new Set(values)].filter((value) => !Number.isNaN(value)).map(String))
  const places = new Map(classNames.map((name, place) => [Number(name), place]))
  return { kind: 'class', labels: Int32Array.from(values, (value) => places.get(value) ?? -1), classNames }
}

function valueTargets(columns: readonly Column[]): RawTargets {
  const width = columns.length
  const data = new Float32Array(columns.length === 0 ? 0 : rowsOf(columns[0]) * width)
  columns.forEach((column, offset) => {
    if (column.kind !== 'numeric') throw new Error('targets of a regression are read as numbers')
    column.values.forEach((value: number, row: number) => (data[row * width + offset] = value))
  })
  return { kind: 'value', shape: [width], data, names: columns.map((column) => column.name) }
}

function rowsOf(column: Column): number {
  return column.kind === 'numeric' ? column.values.length : column.codes.length
}
