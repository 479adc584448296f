import type { RunView, SeriesSlice } from '@shared/protocol/views'

/** What an x axis counts. Seconds are of training: pauses and queueing do not count. */
export const X_UNITS = ['step', 'epoch', 'samples', 'seconds'] as const
export type XUnit = (typeof X_UNITS)[number]

/** How a run's steps translate into epochs and samples. */
export interface RunClock {
  readonly stepsPerEpoch: number
  readonly batchSize: number
  /** Training rows; infinite while the first epoch is not over, and so not yet known. */
  readonly rows: number
}

type Progress = Pick<RunView, 'steps' | 'epochs' | 'samples' | 'document'>

/** Read off how far the run is: steps, epochs and samples were counted together. */
export function clockOf({ steps, epochs, samples, document }: Progress): RunClock {
  const stepsPerEpoch = epochs > 0 ? Math.round(steps / epochs) : Infinity
  const whole = Number.isFinite(stepsPerEpoch) ? Math.floor(steps / stepsPerEpoch) : 0
  const rest = steps - whole * stepsPerEpoch || 0
  const written = batchSizeOf(document)
  if (written === 'full') return { stepsPerEpoch: 1, batchSize: samples / steps, rows: samples / steps }
  const batchSize = written ?? (steps > 0 ? samples / steps : NaN)
  return { stepsPerEpoch, batchSize, rows: whole > 0 ? (samples - rest * batchSize) / whole : Infinity }
}

function batchSizeOf(document: unknown): number | 'full' | null {
  const size = (document as { readonly training?: { readonly batchSize?: unknown } } | null)?.training?.batchSize
  return typeof size === 'number' || size === 'full' ? size : null
}

/** Where a metric's points lie on the axis. For steps and seconds these are the recorded arrays themselves. */
export function xOf({ steps, seconds }: Pick<SeriesSlice, 'steps' | 'seconds'>, unit: XUnit, clock: RunClock): Float64Array {
  switch (unit) {
    case 'step':
      return steps
    case 'seconds':
      return seconds
    case 'epoch':
      return steps.map((step) => step / clock.stepsPerEpoch)
    case 'samples':
      return steps.map((step) => samplesAt(step, clock))
  }
}

/** Rows seen after a step; an epoch's last batch may be a partial one. */
function samplesAt(step: number, { stepsPerEpoch, batchSize, rows }: RunClock): number {
  if (!Number.isFinite(rows)) return step * batchSize
  const whole = Math.floor(step / stepsPerEpoch)
  return whole * rows + Math.min((step - whole * stepsPerEpoch) * batchSize, rows)
}
