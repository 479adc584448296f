/** Samples per second of one contestant on one model, by round; null where it could not run. */
export type Rounds = (number | null)[]

export interface Summary {
  readonly median: number
  readonly low: number
  readonly high: number
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export function summarize(values: readonly number[]): Summary | null {
  return values.length === 0 ? null : { median: median(values), low: Math.min(...values), high: Math.max(...values) }
}

/** Ratios round by round: both contestants met the same weather. */
export function ratios(ours: Readonly<Rounds>, theirs: Readonly<Rounds>): number[] {
  return ours.flatMap((value, round) => {
    const other = theirs[round]
    return value === null || other === null || other === undefined ? [] : [value / other]
  })
}

/** `41.2k`, `1.06M`. */
export function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)}M`
  return value >= 1e4 ? `${(value / 1e3).toPrecision(3)}k` : value.toFixed(0)
}

export function spread({ median: middle, low, high }: Summary): string {
  return `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
}
