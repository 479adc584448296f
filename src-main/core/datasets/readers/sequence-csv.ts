import { sequenceCsv } from '@shared/catalog/datasets/sequence-csv'
import type { Column, RawData, RawTargets } from '@shared/data/types'
import { refuse } from '@shared/spec/issue'
import { findFile } from '../files'
import { tableTarget } from './csv'
import { readTable } from './csv-table'
import { readerOf } from './reader'

const DEFAULT_WINDOW = 24
const MISSING = new Set(['', '?', 'NA', 'N/A', 'na', 'NaN', 'nan', 'NULL', 'null', 'None'])

/** Rows of the table that make a sample, in time order, and the row whose target is the sample's. */
interface Sample {
  readonly rows: readonly number[]
  readonly target: number
}

export const sequenceCsvReader = readerOf(sequenceCsv, async (options, { baseDirectory }): Promise<RawData> => {
  const file = await findFile(options.path, baseDirectory, ['dataset', 'path'])
  const { id, time, task } = options
  const table = await readTable([file], {
    target: [options.target],
    header: true,
    ignore: options.ignore,
    categorical: id === undefined ? [] : [id],
    numeric: [],
    missingValues: MISSING,
    targetKind: task === 'classification' ? 'category' : task === 'regression' ? 'numeric' : 'auto',
    delimiter: 'auto',
    encoding: 'utf-8',
  })
  const column = (name: string, option: string): Column =>
    table.features.find((each) => each.name === name) ?? refuse('sequence-column-missing', ['dataset', option], { column: name, known: table.names.join(', ') })
  const order = orderedRows(table.rows, time === undefined ? null : column(time, 'time'))
  const target = table.targets[0]
  const groups = id === undefined ? null : groupRows(order, column(id, 'id'))
  const own = table.features.filter(({ name }) => name !== id && name !== time)
  const features = (groups === null && target.kind === 'numeric' ? [...own, target] : own).map((each) =>
    each.kind === 'numeric' ? each : refuse('sequence-column-text', ['dataset', 'ignore'], { column: each.name }),
  )
  if (features.length === 0) refuse('sequence-no-features', ['dataset'], { file: file.name })
  const length = options.length ?? (groups === null ? DEFAULT_WINDOW : Math.max(...groups.map((rows) => rows.length)))
  const samples = groups === null ? windows(order, length, options.stride, options.horizon) : groups.map((rows): Sample => ({ rows: rows.slice(-length), target: rows[rows.length - 1] }))
  if (samples.length === 0) refuse('sequence-too-short', ['dataset', 'length'], { file: file.name, rows: table.rows, length, horizon: options.horizon })
  const data = new Float32Array(samples.length * length * features.length)
  samples.forEach(({ rows }, sample) => {
    const before = length - rows.length
    rows.forEach((row, step) => {
      features.forEach(({ values }, feature) => {
        data[(sample * length + before + step) * features.length + feature] = values[row]
      })
    })
  })
  return { rows: samples.length, features: { kind: 'dense', shape: [length, features.length], data }, targets: picked(tableTarget(target, task), samples), columnNames: table.names }
})

function orderedRows(rows: number, time: Column | null): number[] {
  const all = Array.from({ length: rows }, (_, row) => row)
  if (time === null) return all
  if (time.kind === 'numeric') return all.sort((a, b) => time.values[a] - time.values[b])
  const text = (row: number): string => time.categories[time.codes[row]] ?? ''
  return all.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0))
}

/** Rows of each sequence, sequences in the order in which they first occur in the file. */
function groupRows(order: readonly number[], id: Column): number[][] {
  const key = (row: number): number => (id.kind === 'category' ? id.codes[row] : id.values[row])
  const groups = new Map<number, number[]>()
  for (const row of order) {
    const known = groups.get(key(row))
    if (known === undefined) groups.set(key(row), [row])
    else known.push(row)
  }
  return [...groups.values()].sort((a, b) => Math.min(...a) - Math.min(...b))
}

function windows(order: readonly number[], length: number, stride: number, horizon: number): Sample[] {
  const count = Math.floor((order.length - length - horizon) / stride) + 1
  return Array.from({ length: Math.max(0, count) }, (_, at) => ({ rows: order.slice(at * stride, at * stride + length), target: order[at * stride + length - 1 + horizon] }))
}

function picked(targets: RawTargets, samples: readonly Sample[]): RawTargets {
  if (targets.kind === 'class') return { ...targets, labels: Int32Array.from(samples, ({ target }) => targets.labels[target]) }
  return { ...targets, data: Float32Array.from(samples, ({ target }) => targets.data[target]) }
}
