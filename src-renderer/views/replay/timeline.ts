import { lowerBound, upperBound } from '@renderer/charts/decimate'
import type { RunView, SeriesSlice } from '@shared/protocol/views'
import { clockOf, type XUnit } from '@renderer/views/compare/x-axis'

/** What runs are played side by side by. */
export const REPLAY_UNITS = ['seconds', 'step', 'epoch'] as const satisfies readonly XUnit[]
export type ReplayUnit = (typeof REPLAY_UNITS)[number]

/** How often faster than it happened. */
export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 50, 100] as const
/** Playing everything takes about so long at first, seconds. */
const COMFORTABLE_SECONDS = 12

/** One run's course: when each step was made. */
export interface Timeline {
  readonly runId: string
  readonly steps: Float64Array
  readonly seconds: Float64Array
  readonly stepsPerEpoch: number
  readonly totalSteps: number
  readonly totalSeconds: number
}

/** From the run's metric that was measured most often. */
export function timelineOf(run: RunView, slice: Pick<SeriesSlice, 'steps' | 'seconds'> | null): Timeline {
  return {
    runId: run.id,
    steps: slice?.steps ?? new Float64Array(0),
    seconds: slice?.seconds ?? new Float64Array(0),
    stepsPerEpoch: clockOf(run).stepsPerEpoch,
    totalSteps: run.steps,
    totalSeconds: run.seconds,
  }
}

/** Where a run ends. */
export function endOf({ totalSteps, totalSeconds, stepsPerEpoch }: Timeline, unit: ReplayUnit): number {
  if (unit === 'step') return totalSteps
  return unit === 'seconds' ? totalSeconds : totalSteps / stepsPerEpoch
}

/** Last step that was over at a position; 0 before the first. */
export function stepAt({ steps, seconds, stepsPerEpoch, totalSteps }: Timeline, unit: ReplayUnit, position: number): number {
  // A step is over when its epoch's share is: rounding must not lose it.
  if (unit !== 'seconds') return Math.min(totalSteps, Math.floor((unit === 'step' ? position : position * stepsPerEpoch) + 1e-6))
  const at = upperBound(seconds, position) - 1
  return at < 0 ? 0 : steps[at]
}

/** Position at which something happened. */
export function positionOf({ steps, seconds, stepsPerEpoch }: Timeline, unit: ReplayUnit, step: number): number {
  if (unit === 'step') return step
  if (unit === 'epoch') return step / stepsPerEpoch
  const at = Math.min(seconds.length - 1, lowerBound(steps, step))
  return at < 0 || step <= 0 ? 0 : seconds[at]
}

/** The speed at which the longest of these runs takes a comfortable while. */
export function comfortableSpeed(timelines: readonly Timeline[]): number {
  const longest = Math.max(0, ...timelines.map(({ totalSeconds }) => totalSeconds))
  const wished = longest / COMFORTABLE_SECONDS
  return SPEEDS.reduce((best, speed) => (Math.abs(Math.log(speed / wished)) < Math.abs(Math.log(best / wished)) ? speed : best), SPEEDS[3])
}

/** Position after some seconds of playing: of training, or the same share of all steps or epochs. */
export function advanced(position: number, elapsed: number, speed: number, timelines: readonly Timeline[], unit: ReplayUnit): number {
  const end = Math.max(0, ...timelines.map((each) => endOf(each, unit)))
  const seconds = Math.max(0, ...timelines.map(({ totalSeconds }) => totalSeconds))
  return seconds <= 0 ? end : Math.min(end, position + (elapsed * speed * end) / seconds)
}

/** How many of a metric's points had been measured after `step`. */
export function pointsUntil(slice: Pick<SeriesSlice, 'steps'>, step: number): number {
  return upperBound(slice.steps, step)
}

/** The latest of things in order of their steps that had happened after `step`. */
export function latest<T extends { readonly step: number }>(things: readonly T[], step: number): T | null {
  const steps = things.map((thing) => thing.step)
  const at = upperBound(steps, step) - 1
  return at < 0 ? null : things[at]
}

/** The next position of these (ascending) after the present one, or the previous; null where there is none. */
export function neighbor(positions: readonly number[], present: number, direction: -1 | 1): number | null {
  const tiny = 1e-9 * Math.max(1, Math.abs(present))
  const at = direction > 0 ? upperBound(positions, present + tiny) : lowerBound(positions, present - tiny) - 1
  return positions[at] ?? null
}

