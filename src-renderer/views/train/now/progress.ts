import type { RunFacts } from '@shared/protocol/contract'

/** How far a run is and how fast it goes. */
export interface Progress {
  readonly step: number
  readonly totalSteps: number
  /** Epochs, with the part of the present one. */
  readonly epoch: number
  readonly epochs: number
  /** 0 to 1. */
  readonly share: number
  /** Over the last seconds; null while it cannot be told. */
  readonly samplesPerSecond: number | null
  readonly stepsPerSecond: number | null
  /** Seconds of training left at this speed; null while it cannot be told. */
  readonly remaining: number | null
}

/** Training seconds over which the speed is measured. */
const WINDOW_SECONDS = 3

type Timed = { readonly steps: Float64Array; readonly seconds: Float64Array; readonly length: number }

/** `series` has a point at every step; `reached`: the step that the run has reached as far as is known otherwise. */
export function progressOf(facts: RunFacts, series: Timed | undefined, reached: number): Progress {
  const last = series === undefined || series.length === 0 ? 0 : series.steps[series.length - 1]
  const step = Math.min(facts.totalSteps, Math.max(last, reached))
  const stepsPerSecond = series === undefined ? null : speedOf(series)
  const left = facts.totalSteps - step
  return {
    step,
    totalSteps: facts.totalSteps,
    epoch: step / facts.stepsPerEpoch,
    epochs: facts.totalSteps / facts.stepsPerEpoch,
    share: facts.totalSteps === 0 ? 1 : step / facts.totalSteps,
    stepsPerSecond,
    samplesPerSecond: stepsPerSecond === null ? null : (stepsPerSecond * facts.rows.train) / facts.stepsPerEpoch,
    remaining: left === 0 ? 0 : stepsPerSecond === null ? null : left / stepsPerSecond,
  }
}

/** Steps per second of training over the last seconds; null from less than two moments. */
export function speedOf({ steps, seconds, length }: Timed): number | null {
  if (length < 2) return null
  const end = seconds[length - 1]
  let low = 0
  let high = length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (seconds[middle] < end - WINDOW_SECONDS) low = middle + 1
    else high = middle
  }
  const from = Math.min(low, length - 2)
  const elapsed = end - seconds[from]
  return elapsed > 0 ? (steps[length - 1] - steps[from]) / elapsed : null
}
