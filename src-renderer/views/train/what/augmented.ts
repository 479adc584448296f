import { formatNumber } from '@renderer/components/numbers'

/** Values of all samples together: the window computes them itself. */
export const SHOWN_VALUES = 2 ** 16
const ROWS = 6
const COLUMNS = 5

/** Rows that are no pictures: what each value became, `0.5 → 0.48`. */
export function augmentedTable({ count, size, before, after }: { readonly count: number; readonly size: number; readonly before: ArrayLike<number>; readonly after: ArrayLike<number> }): readonly (readonly string[])[] {
  return Array.from({ length: Math.min(count, ROWS) }, (_, row) =>
    Array.from({ length: Math.min(size, COLUMNS) }, (_each, column) => `${formatNumber(before[row * size + column], 3)} → ${formatNumber(after[row * size + column], 3)}`),
  )
}
