import { betterOf } from '@shared/catalog/recorded-metrics'
import type { RunView } from '@shared/protocol/views'
import { formatDuration, formatNumber } from '@renderer/components/numbers'
import { spreadOf, type Spread } from '@renderer/views/compare/statistics'
import { COMMON_FIELDS, fieldValue, type FieldValue } from './field'

/** The column that shows the loss as a little curve; no field of a run. */
export const CURVE_COLUMN = 'lossCurve'

export const DEFAULT_COLUMNS: readonly string[] = ['status', 'name', CURVE_COLUMN, 'optimizer', 'learningRate', 'batchSize', 'best(val.accuracy)', 'val.loss', 'epochs', 'seconds', 'tags', 'createdAt']

export interface Sorting {
  readonly column: string
  readonly descending: boolean
}

/** A row of the table: a run, or the head of a group with what its runs have in common. */
export type Row =
  | { readonly kind: 'run'; readonly id: string; readonly run: RunView }
  | { readonly kind: 'group'; readonly id: string; readonly label: string; readonly runs: readonly RunView[] }

/** Every column that makes sense for these runs: common fields, their metrics, the best of each. */
export function availableColumns(runs: readonly RunView[]): string[] {
  const metrics = new Set<string>()
  for (const run of runs) for (const key of Object.keys(run.metrics)) metrics.add(key)
  const sorted = [...metrics].sort()
  return [CURVE_COLUMN, ...COMMON_FIELDS, ...sorted, ...sorted.filter((key) => betterOf(key) !== null).map((key) => `best(${key})`)]
}

/** Numbers before texts before nothing, whatever the direction: missing values are never on top. */
export function sortRuns(runs: readonly RunView[], { column, descending }: Sorting): RunView[] {
  const keyed = runs.map((run) => ({ run, value: fieldValue(run, column) }))
  const direction = descending ? -1 : 1
  keyed.sort((a, b) => {
    const missing = Number(a.value === null) - Number(b.value === null)
    return missing !== 0 ? missing : direction * compareValues(a.value, b.value) || b.run.createdAt - a.run.createdAt
  })
  return keyed.map(({ run }) => run)
}

function compareValues(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true })
}

/** Runs in order, under group heads when grouped; groups in the order of their first run. `textOf`: a value in words. */
export function tableRows(runs: readonly RunView[], groupBy: string | null, textOf: (run: RunView, field: string) => string): Row[] {
  const rows = (members: readonly RunView[]): Row[] => members.map((run) => ({ kind: 'run', id: run.id, run }))
  if (groupBy === null) return rows(runs)
  const groups = new Map<string, RunView[]>()
  for (const run of runs) {
    const value = String(fieldValue(run, groupBy) ?? '–')
    const members = groups.get(value)
    if (members === undefined) groups.set(value, [run])
    else members.push(run)
  }
  return [...groups].flatMap(([value, members]) => [{ kind: 'group', id: `group:${value}`, label: textOf(members[0], groupBy), runs: members } as const, ...rows(members)])
}

/** Mean and spread of a numeric column over runs that have it; null when none has. */
export function columnSpread(runs: readonly RunView[], column: string): Spread | null {
  const values = runs.map((run) => fieldValue(run, column)).filter((value) => typeof value === 'number')
  return values.length === 0 ? null : spreadOf(values)
}

/** `2026-11-22 10:48:38`, local time: the same in every language, and as wide in every row. */
function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('sv-SE')
}

/** A cell's text. */
export function cellText(run: RunView, column: string): string {
  const value = fieldValue(run, column)
  if (value === null) return '–'
  if (column.endsWith('At')) return formatTime(value as number)
  if (column === 'seconds') return formatDuration(value as number)
  if (typeof value === 'number') return formatNumber(value)
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** The first click on a column's head sorts so that the best comes first. */
export function firstDirection(column: string): boolean {
  if (column.endsWith('At')) return true
  return betterOf(/\((.+)\)$/.exec(column)?.[1] ?? column) === 'higher'
}

const WORDS: ReadonlySet<string> = new Set([CURVE_COLUMN, 'status', 'name', 'optimizer', 'tags', 'note', 'group', 'id', 'device', 'dialect', 'loss', 'schedule', 'dataset', 'archived'])

/** Numbers stand one below the other. */
export function isNumeric(column: string): boolean {
  return !WORDS.has(column) && !column.endsWith('At') && !/^(?:model|dataset|engine)\./.test(column)
}

/** Pixels. A group's head has its mean and deviation in the place of one number, its name and size in that of the first column. */
export function columnWidth(column: string, grouped = false, first = false): number {
  const widths: Readonly<Record<string, number>> = { [CURVE_COLUMN]: 110, name: 160, optimizer: 100, learningRate: 116, tags: 80, note: 200, createdAt: 160, startedAt: 150, finishedAt: 150, status: 84, id: 160 }
  const least = grouped && first ? 180 : grouped && isNumeric(column) ? 152 : 0
  return Math.max(least, widths[column] ?? Math.max(84, Math.min(200, 24 + 7 * column.length)))
}
