import stringWidth from 'string-width'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** Lines of a table whose columns line up in a terminal, in any script. */
export function layOutTable(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map((column, index) => Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(row[index] ?? ''))))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        const space = ' '.repeat(widths[index] - stringWidth(cell))
        return columns[index].align === 'right' ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd()
  return [line(columns.map((column) => column.title)), ...rows.map(line)]
}
