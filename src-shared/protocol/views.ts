import type { z } from 'zod'
import type { Issue } from '@shared/spec/issue'

/** What windows see of the history; the history's own types stay in the core. */

/** `interrupted`: the process died or was told to quit; resumable from the last checkpoint. `stopped`: by the user. */
export type RunStatus = 'queued' | 'running' | 'paused' | 'stopped' | 'interrupted' | 'failed' | 'done'

/** Of one metric over one run. Minimum and maximum are of the finite values; NaN when there are none. */
export interface MetricSummary {
  readonly count: number
  readonly first: number
  readonly last: number
  readonly lastStep: number
  readonly min: number
  readonly minStep: number
  readonly max: number
  readonly maxStep: number
}

/** A row of the runs table. Times are milliseconds since 1970. */
export interface RunView {
  readonly id: string
  readonly name: string
  readonly status: RunStatus
  readonly seed: number
  readonly documentHash: string
  readonly datasetHash: string
  readonly device: string
  readonly threads: number
  readonly createdAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly steps: number
  readonly epochs: number
  readonly samples: number
  readonly seconds: number
  readonly errors: readonly Issue[]
  readonly parent: string | null
  readonly note: string
  readonly tags: readonly string[]
  readonly group: string | null
  readonly color: string | null
  readonly archived: boolean
  readonly metrics: Readonly<Record<string, MetricSummary>>
  /** The run's document, parsed: columns and filters are any of its fields. */
  readonly document: z.core.util.JSONType
}

/** Where in the list of all runs, newest first, the next page begins. Stays right whatever is added or deleted meanwhile. */
export interface RunPlace {
  readonly createdAt: number
  readonly key: number
}

export interface RunListView {
  readonly runs: readonly RunView[]
  /** The host's clock when it answered. */
  readonly now: number
  /** Null when this was the last page. */
  readonly next: RunPlace | null
}

export interface RunDetailView extends RunView {
  /** As given when it was started. */
  readonly documentText: string
  readonly versions: Readonly<Record<string, string>>
  readonly checkpoints: readonly { readonly step: number; readonly epoch: number; readonly bytes: number }[]
}

export interface RunEventView {
  readonly kind: string
  readonly step: number
  /** Seconds of training. */
  readonly seconds: number
  readonly recordedAt: number
  readonly data: z.core.util.JSONType
}

/** Real points of a metric: all of the range, or its extremes in every stretch when there are more than asked for. */
export interface SeriesSlice {
  readonly steps: Float64Array
  /** Seconds of training at each step. */
  readonly seconds: Float64Array
  readonly values: Float64Array
  /** Points in the range, drawn or not. */
  readonly total: number
  readonly complete: boolean
}

/** New points of a live run. */
export interface PointsTick {
  readonly runId: string
  readonly series: Readonly<
    Record<
      string,
      {
        readonly steps: Float64Array
        readonly seconds: Float64Array
        readonly values: Float64Array
        /** Opaque; hand it back when subscribing again. */
        readonly cursor: unknown
        /** Forget what was read before: the run went back to an earlier step. */
        readonly restarted: boolean
      }
    >
  >
}
