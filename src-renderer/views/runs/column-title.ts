import { COMMON_FIELDS } from './field'
import { CURVE_COLUMN } from './table'

/** A column's head: the common fields in words, metrics and paths as the filter writes them. */
export function columnTitle(column: string, t: (key: string) => string): string {
  return column === CURVE_COLUMN || COMMON_FIELDS.includes(column) ? t(`runs.column_${column}`) : column
}
