/** The room's columns from left to right. */
export const COLUMNS = ['what', 'how', 'now'] as const
export type ColumnName = (typeof COLUMNS)[number]

export interface Layout {
  /** Widths in proportion to each other. */
  readonly sizes: Readonly<Record<ColumnName, number>>
  readonly collapsed: readonly ColumnName[]
}

export const initialLayout: Layout = { sizes: { what: 26, how: 28, now: 46 }, collapsed: [] }

export function isLayout(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { sizes, collapsed } = value as Partial<Layout>
  if (typeof sizes !== 'object' || !Array.isArray(collapsed) || collapsed.length >= COLUMNS.length) return false
  return collapsed.every((name) => COLUMNS.includes(name)) && COLUMNS.every((name) => typeof sizes[name] === 'number' && sizes[name] > 0)
}

/** Closes a column or opens it again; the last one stays. */
export function toggled(layout: Layout, name: ColumnName): Layout {
  if (layout.collapsed.includes(name)) return { ...layout, collapsed: layout.collapsed.filter((each) => each !== name) }
  return layout.collapsed.length + 1 >= COLUMNS.length ? layout : { ...layout, collapsed: [...layout.collapsed, name] }
}

/** New widths of the columns that are shown, in percent of the room; those that are not shown keep theirs. */
export function resized(layout: Layout, shown: readonly ColumnName[], percents: readonly number[]): Layout {
  const room = shown.reduce((sum, name) => sum + layout.sizes[name], 0)
  return { ...layout, sizes: { ...layout.sizes, ...Object.fromEntries(shown.map((name, index) => [name, (percents[index] * room) / 100])) } }
}
