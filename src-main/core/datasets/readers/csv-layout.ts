import { issue, IssueError, refuse, type Issue } from '@shared/spec/issue'
import { parseNumber } from './numbers'

/** A column as the user names it: by name, or by number from 1 (negative from the end). */
export type ColumnReference = string | number

export interface LayoutOptions {
  readonly target: readonly ColumnReference[]
  readonly header: 'auto' | boolean
  readonly ignore: readonly ColumnReference[]
  readonly categorical: readonly ColumnReference[]
  readonly numeric: readonly ColumnReference[]
  readonly missingValues: ReadonlySet<string>
  /** Kind of the target columns; `auto` as for other columns. */
  readonly targetKind: 'auto' | 'numeric' | 'category'
}

export interface TableColumn {
  readonly name: string
  /** Position in a record. */
  readonly at: number
  readonly kind: 'numeric' | 'category'
  readonly role: 'feature' | 'target'
}

/** What the columns are; found from the start of the file. */
export interface TableLayout {
  readonly hasHeader: boolean
  /** Cells of every record. */
  readonly width: number
  /** Of all columns, in file order. */
  readonly names: readonly string[]
  /** Used columns: features in file order, then targets in the order asked for. */
  readonly columns: readonly TableColumn[]
}

export function findLayout(records: readonly (readonly string[])[], options: LayoutOptions, file: string, field: Issue['path']): TableLayout {
  const first = records.at(0) ?? refuse('csv-no-rows', field, { file })
  const hasHeader = options.header === 'auto' ? looksLikeHeader(records, options) : options.header
  const names = hasHeader ? first.map((cell, at) => (cell.trim() === '' ? `column${at + 1}` : cell.trim())) : first.map((_, at) => `column${at + 1}`)
  const find = finder(names, file)
  refuseDuplicates(names, options, file, field)

  const targets = find(options.target, 'target')
  const ignored = new Set(find(options.ignore, 'ignore'))
  const categorical = new Set(find(options.categorical, 'categorical'))
  const numeric = new Set(find(options.numeric, 'numeric'))
  const clash = targets.find((at) => ignored.has(at)) ?? [...numeric].find((at) => categorical.has(at))
  if (clash !== undefined) refuse('csv-column-twice', ['dataset', 'target'], { column: names[clash] })

  const data = hasHeader ? records.slice(1) : records
  const kindOf = (at: number): TableColumn['kind'] => {
    if (numeric.has(at)) return 'numeric'
    if (categorical.has(at)) return 'category'
    if (targets.includes(at) && options.targetKind !== 'auto') return options.targetKind
    if (mostlyNumbers(data, at, options.missingValues)) return 'numeric'
    refuseDecimalCommas(data, at, names[at], options.missingValues, file, field)
    return 'category'
  }
  const features = names.map((_, at) => at).filter((at) => !targets.includes(at) && !ignored.has(at))
  if (features.length === 0) refuse('csv-no-features', ['dataset', 'target'], { file })
  const column = (at: number, role: TableColumn['role']): TableColumn => ({ name: names[at], at, kind: kindOf(at), role })
  return { hasHeader, width: first.length, names, columns: [...features.map((at) => column(at, 'feature')), ...targets.map((at) => column(at, 'target'))] }
}

/** A header holds the target's name; otherwise it is a first record without numbers that does not look like the data. */
function looksLikeHeader(records: readonly (readonly string[])[], options: LayoutOptions): boolean {
  const [first, ...data] = records
  const cells = first.map((cell) => cell.trim())
  if (options.target.some((target) => typeof target === 'string' && cells.includes(target))) return true
  if (cells.some((cell) => !Number.isNaN(parseNumber(cell)))) return false
  if (cells.some((_, at) => data.some((record) => at < record.length && !options.missingValues.has(record[at].trim())) && mostlyNumbers(data, at, options.missingValues))) return true
  return !cells.some((cell, at) => data.some((record) => record[at]?.trim() === cell))
}

/** Finds columns by name or number; issues for what is not there. */
function finder(names: readonly string[], file: string): (references: readonly ColumnReference[], option: string) => number[] {
  return (references, option) => {
    const issues: Issue[] = []
    const found = references.map((reference) => {
      const at = typeof reference === 'string' ? names.indexOf(reference.trim()) : reference > 0 ? reference - 1 : names.length + reference
      if (at < 0 || at >= names.length) issues.push(issue('csv-unknown-column', ['dataset', option], { file, column: reference, columns: listed(names) }))
      return at
    })
    if (issues.length > 0) throw new IssueError(issues)
    return [...new Set(found)]
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ')
  return names.length > 12 ? `${shown}, … (${names.length})` : shown
}

/** Two columns of one name cannot be told apart; ignored by number, they do no harm. */
function refuseDuplicates(names: readonly string[], options: LayoutOptions, file: string, field: Issue['path']): void {
  const ignored = new Set(options.ignore.filter((reference) => typeof reference === 'number').map((at) => (at > 0 ? at - 1 : names.length + at)))
  const used = names.map((name, at) => ({ name, at })).filter(({ at }) => !ignored.has(at))
  const seen = new Map<string, number>()
  for (const { name, at } of used) {
    const before = seen.get(name)
    if (before !== undefined) refuse('csv-duplicate-column', field, { file, column: name, first: before + 1, second: at + 1 })
    seen.set(name, at)
  }
}

/** Numbers with a decimal comma would silently become categories. */
function refuseDecimalCommas(records: readonly (readonly string[])[], at: number, column: string, missing: ReadonlySet<string>, file: string, field: Issue['path']): void {
  const cells = records.map((record) => record[at]?.trim() ?? '').filter((cell) => !missing.has(cell))
  const commas = cells.filter((cell) => /^[+-]?\d[\d.]*,\d+$/.test(cell))
  const points = cells.filter((cell) => !Number.isNaN(parseNumber(cell)))
  if (commas.length > 0 && (commas.length + points.length) * 2 > cells.length) refuse('csv-decimal-comma', field, { file, column, value: commas[0] })
}

/** More than half of the cells present are numbers; a column without any cell counts as numbers. */
function mostlyNumbers(records: readonly (readonly string[])[], at: number, missing: ReadonlySet<string>): boolean {
  let present = 0
  let numbers = 0
  for (const record of records) {
    const cell = record[at]?.trim()
    if (cell === undefined || missing.has(cell)) continue
    present++
    if (!Number.isNaN(parseNumber(cell))) numbers++
  }
  return present === 0 || numbers * 2 > present
}
