import type { Row } from './table'

/**
 * Row that a key goes to from another, by their places among all rows: arrows, Home and End, and pages of as many rows as are
 * seen at once. Heads of groups are passed over. Null for other keys, and where there is no run.
 */
export function rowAfter(rows: readonly Row[], from: number, key: string, page: number): number | null {
  const places = rows.flatMap((row, place) => (row.kind === 'run' ? [place] : []))
  const at = places.indexOf(from)
  const moves: Readonly<Record<string, number>> = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - page, PageDown: at + page, Home: 0, End: places.length - 1 }
  if (places.length === 0 || !(key in moves)) return null
  return places[Math.min(places.length - 1, Math.max(0, moves[key]))]
}
