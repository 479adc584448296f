import type { SeriesSlice } from '@shared/protocol/views'

/** What a run and its repetition say about each other. */
export type Verdict =
  | { readonly kind: 'identical'; readonly metrics: number; readonly points: number }
  | { readonly kind: 'different'; readonly key: string; readonly step: number; readonly before: number; readonly after: number }
  /** One of them has no such point. */
  | { readonly kind: 'missing'; readonly key: string; readonly step: number }

type Points = Pick<SeriesSlice, 'steps' | 'values'>

/**
 * Compares every recorded value bit by bit, up to and including `until`. The first difference is that of the smallest
 * step. Times are no part of a result.
 */
export function verdictOf(original: ReadonlyMap<string, Points>, repeated: ReadonlyMap<string, Points>, until: number): Verdict {
  let first: Verdict | null = null
  let points = 0
  for (const [key, before] of original) {
    const found = firstDifference(key, before, repeated.get(key) ?? { steps: new Float64Array(0), values: new Float64Array(0) }, until)
    if (typeof found === 'number') points += found
    else if (first === null || stepOf(found) < stepOf(first)) first = found
  }
  return first ?? { kind: 'identical', metrics: original.size, points }
}

/** Points that agree when all do. */
function firstDifference(key: string, before: Points, after: Points, until: number): Verdict | number {
  let at = 0
  for (; at < before.steps.length && before.steps[at] <= until; at++) {
    const step = before.steps[at]
    if (at >= after.steps.length) return { kind: 'missing', key, step }
    if (after.steps[at] !== step) return { kind: 'missing', key, step: Math.min(step, after.steps[at]) }
    // Object.is: NaN is itself, and −0 is not 0.
    if (!Object.is(before.values[at], after.values[at])) return { kind: 'different', key, step, before: before.values[at], after: after.values[at] }
  }
  if (at < after.steps.length && after.steps[at] <= until) return { kind: 'missing', key, step: after.steps[at] }
  return at
}

function stepOf(verdict: Verdict): number {
  return verdict.kind === 'identical' ? Infinity : verdict.step
}
