export { formatNumber as shown } from '@shared/lib/numbers'

export function percent(share: number): string {
  return `${Math.round(100 * share)}%`
}

/** One significant digit: what a person would write. */
export function rounded(value: number): number {
  return Number(value.toPrecision(1))
}

/** Of the finite values; NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b)
  if (sorted.length === 0) return NaN
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
