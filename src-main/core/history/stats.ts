import type { Aggregate } from './types'

/** An aggregate under construction. */
export type Stats = { -readonly [Field in keyof Aggregate]: Aggregate[Field] }

export function emptyStats(): Stats {
  const nan = Number.NaN
  return { count: 0, nonFinite: 0, first: nan, firstStep: nan, last: nan, lastStep: nan, min: nan, minStep: nan, max: nan, maxStep: nan }
}

/** Adds the points `from` to `to` (exclusive), which follow those seen. */
export function addToStats(stats: Stats, steps: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): void {
  if (from === to) return
  if (stats.count === 0) {
    stats.first = values[from]
    stats.firstStep = steps[from]
  }
  for (let index = from; index < to; index++) {
    const value = values[index]
    if (!Number.isFinite(value)) {
      stats.nonFinite++
      continue
    }
    if (!(stats.min <= value)) {
      stats.min = value
      stats.minStep = steps[index]
    }
    if (!(stats.max >= value)) {
      stats.max = value
      stats.maxStep = steps[index]
    }
  }
  stats.count += to - from
  stats.last = values[to - 1]
  stats.lastStep = steps[to - 1]
}

/** Aggregate columns of `series`; SQLite has no NaN: NULL stands for it. */
export interface StatsRow {
  readonly count: number
  readonly non_finite: number
  readonly first: number | null
  readonly first_step: number | null
  readonly last: number | null
  readonly last_step: number | null
  readonly min: number | null
  readonly min_step: number | null
  readonly max: number | null
  readonly max_step: number | null
}

export const STATS_COLUMNS = 'count, non_finite, first, first_step, last, last_step, min, min_step, max, max_step'

export function statsOf(row: StatsRow): Stats {
  const nan = Number.NaN
  return {
    count: row.count,
    nonFinite: row.non_finite,
    first: row.first ?? nan,
    firstStep: row.first_step ?? nan,
    last: row.last ?? nan,
    lastStep: row.last_step ?? nan,
    min: row.min ?? nan,
    minStep: row.min_step ?? nan,
    max: row.max ?? nan,
    maxStep: row.max_step ?? nan,
  }
}

/** In the order of `STATS_COLUMNS`. */
export function statsValues(stats: Aggregate): (number | null)[] {
  const { count, nonFinite, first, firstStep, last, lastStep, min, minStep, max, maxStep } = stats
  return [count, nonFinite, first, firstStep, last, lastStep, min, minStep, max, maxStep].map((value) => (Number.isNaN(value) ? null : value))
}
