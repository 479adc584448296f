import { MAX_VALUES } from '@shared/catalog/datasets'
import type { Column, RowOrigin } from '@shared/data/types'
import { issue, IssueError, refuse, type Issue } from '@shared/spec/issue'
import type { SourceFile } from '../files'
import { CategoryColumn } from './categories'
import { findLayout, type LayoutOptions, type TableColumn, type TableLayout } from './csv-layout'
import { csvRecords, sampleCsv } from './csv-text'
import { NumberColumn, parseNumber } from './numbers'

export interface TableOptions extends LayoutOptions {
  readonly delimiter: string
  readonly encoding: string
}

/** Files with the same columns, read one after the other. */
export interface Table {
  readonly rows: number
  /** Names of all columns, in file order. */
  readonly names: readonly string[]
  readonly features: readonly Column[]
  readonly targets: readonly Column[]
  readonly origin: RowOrigin
}

/** So many problems are listed before reading stops. */
const MAX_ISSUES = 20
/** A column with more texts than this is a name or a remark, not a category. */
const MAX_CATEGORIES = 1000

export async function readTable(files: readonly SourceFile[], options: TableOptions): Promise<Table> {
  const [main] = files
  const sample = await sampleCsv(main, options.delimiter, options.encoding)
  const layout = findLayout(sample.records, options, main.name, main.field)
  const builder = new TableBuilder(layout, options)
  for (const file of files) {
    builder.startFile(file)
    let skip = layout.hasHeader
    for await (const record of csvRecords(file, sample.format)) {
      if (skip) checkHeader(record.cells, layout, file)
      else builder.add(record.cells, record.line)
      skip = false
      if (builder.issues.length >= MAX_ISSUES) break
    }
    if (builder.issues.length === 0 && builder.rowsOfFile === 0) refuse('csv-no-rows', file.field, { file: file.name })
  }
  return builder.finish()
}

/** Further files must have the columns of the first. */
function checkHeader(cells: readonly string[], layout: TableLayout, file: SourceFile): void {
  for (const column of layout.columns) {
    const name = (cells[column.at] ?? '').trim()
    if (name !== column.name && name !== '') refuse('csv-other-columns', file.field, { file: file.name, column: column.name, found: name })
  }
}

type ColumnBuilder = TableColumn & ({ readonly kind: 'numeric'; readonly values: NumberColumn } | { readonly kind: 'category'; readonly values: CategoryColumn })

class TableBuilder {
  readonly issues: Issue[] = []
  readonly #layout: TableLayout
  readonly #missing: ReadonlySet<string>
  readonly #columns: readonly ColumnBuilder[]
  readonly #lines = new NumberColumn()
  readonly #files: { name: string; from: number }[] = []
  #file: SourceFile | null = null
  #rows = 0

  constructor(layout: TableLayout, options: TableOptions) {
    this.#layout = layout
    this.#missing = options.missingValues
    this.#columns = layout.columns.map((column) =>
      column.kind === 'numeric' ? { ...column, kind: 'numeric', values: new NumberColumn() } : { ...column, kind: 'category', values: new CategoryColumn() },
    )
  }

  get rowsOfFile(): number {
    return this.#rows - (this.#files.at(-1)?.from ?? 0)
  }

  startFile(file: SourceFile): void {
    this.#file = file
    this.#files.push({ name: file.name, from: this.#rows })
  }

  add(cells: readonly string[], line: number): void {
    if (cells.length !== this.#layout.width) return this.#report('csv-ragged-row', line, { cells: cells.length, expected: this.#layout.width })
    for (const column of this.#columns) this.#addCell(column, cells[column.at].trim(), line)
    this.#lines.push(line)
    this.#rows++
    if (this.#rows * this.#columns.length > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows: this.#rows, features: this.#columns.length, limit: MAX_VALUES })
  }

  finish(): Table {
    if (this.issues.length > 0) throw new IssueError(this.issues)
    const finished = this.#columns.map((column) => ({ role: column.role, column: finishColumn(column) }))
    return {
      rows: this.#rows,
      names: this.#layout.names,
      features: finished.filter(({ role }) => role === 'feature').map(({ column }) => column),
      targets: finished.filter(({ role }) => role === 'target').map(({ column }) => column),
      origin: { files: this.#files, lines: Int32Array.from(this.#lines.finish()) },
    }
  }

  #addCell(column: ColumnBuilder, cell: string, line: number): void {
    const missing = this.#missing.has(cell)
    if (column.kind === 'category') {
      column.values.push(missing ? null : cell)
      if (column.role === 'feature' && column.values.distinct > MAX_CATEGORIES) refuse('csv-too-many-categories', ['dataset', 'ignore'], { file: this.#file?.name ?? '', column: column.name, limit: MAX_CATEGORIES })
      return
    }
    const value = missing ? NaN : parseNumber(cell)
    if (!missing && Number.isNaN(value)) this.#report('csv-not-a-number', line, { column: column.name, value: cell.slice(0, 60) })
    column.values.push(value)
  }

  #report(code: string, line: number, args: Issue['args']): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push(issue(code, this.#file?.field ?? ['dataset'], { file: this.#file?.name ?? '', line, ...args }))
  }
}

function finishColumn(column: ColumnBuilder): Column {
  return column.kind === 'numeric' ? { kind: 'numeric', name: column.name, values: column.values.finish() } : { kind: 'category', name: column.name, ...column.values.finish() }
}
