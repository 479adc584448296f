import type { RunView } from '@shared/protocol/views'
import { COMMON_FIELDS } from './field'
import { cellText, CURVE_COLUMN } from './table'

/** A column's head: the common fields in words, metrics and paths as the filter writes them. */
export function columnTitle(column: string, t: (key: string) => string): string {
  return column === CURVE_COLUMN || COMMON_FIELDS.includes(column) ? t(`runs.column_${column}`) : column
}

/** What a run has in a column, in words. */
export function valueText(run: RunView, column: string, t: (key: string) => string): string {
  if (column === 'status') return t(`status.${run.status}`)
  if (column === 'archived') return t(run.archived ? 'runs.yes' : 'runs.no')
  return cellText(run, column)
}
