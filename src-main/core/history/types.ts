import { z } from 'zod'
import type { RandomSource } from '@shared/lib/random'
import type { RunStatus } from '@shared/protocol/views'
import type { Issue } from '@shared/spec/issue'

export type { RunStatus }

/** What a result depends on beside document, data and seed. */
export const environmentSchema = z.object({
  /** `onnx`, `tfjs`. */
  engine: z.string(),
  /** Device id as in `DeviceReport`: `onnx-cpu`. */
  device: z.string(),
  threads: z.int().positive(),
  /** `{ descent, node, onnxruntime, … }`. */
  versions: z.record(z.string(), z.string()),
})
export type Environment = Readonly<z.infer<typeof environmentSchema>>

/** Progress of a run, absolute (not increments). */
export interface Progress {
  /** Updates done. */
  readonly steps: number
  /** Passes over the training rows; fractional while inside one. */
  readonly epochs: number
  /** Training rows seen. */
  readonly samples: number
  /** Spent training, without pauses and queueing. */
  readonly seconds: number
}

export interface NewRun {
  readonly name: string
  /** The document's JSON text exactly as run; equal texts are stored once. */
  readonly document: string
  /** Identity of what the document asks for, as the core defines it; equal for runs that differ in seed only. */
  readonly documentHash: string
  /** `PreparedData.contentHash`. */
  readonly datasetHash: string
  readonly environment: Environment
  readonly seed: number
  /** `queued` unless given. */
  readonly status?: RunStatus
  /** Run that this one resumes in another form, forks or repeats. */
  readonly parent?: string | null
  readonly note?: string
  readonly tags?: readonly string[]
  readonly group?: string | null
  /** One of the palette, in turn, unless given. */
  readonly color?: string | null
  /** Of a run that was recorded elsewhere and comes to rest here, milliseconds since 1970; now unless given. */
  readonly times?: { readonly createdAt: number; readonly startedAt: number | null; readonly finishedAt: number }
  /** What every run must have from its first moment: recorded with it or not at all. */
  readonly events?: readonly NewEvent[]
}

/** A run that was recorded elsewhere, whole. */
export interface RecordedRun extends NewRun {
  readonly progress: Progress
  /** Why it failed. */
  readonly errors: readonly Issue[]
  readonly archived: boolean
  readonly points: readonly PointBatch[]
  /** Their files must be stored. */
  readonly artifacts: readonly NewArtifact[]
}

/** Every field optional: what is absent stays. */
export interface RunChanges {
  readonly name?: string
  /** `running` sets `startedAt` the first time; `stopped`, `interrupted`, `failed` and `done` set `finishedAt`. */
  readonly status?: RunStatus
  readonly progress?: Progress
  readonly environment?: Environment
  readonly datasetHash?: string
  /** Why it failed; empty clears. */
  readonly errors?: readonly Issue[]
  readonly note?: string
  readonly tags?: readonly string[]
  readonly group?: string | null
  readonly color?: string | null
  readonly archived?: boolean
}

/** A row of the runs table. Times are milliseconds since 1970. */
export interface Run extends Progress {
  /** `20261122-0631-abc4`: UTC minute of creation and four random characters; sorts by time. */
  readonly id: string
  readonly name: string
  readonly status: RunStatus
  readonly documentHash: string
  readonly datasetHash: string
  readonly environment: Environment
  readonly seed: number
  readonly createdAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  /** Last time that anything was recorded. */
  readonly updatedAt: number
  readonly errors: readonly Issue[]
  readonly parent: string | null
  readonly note: string
  readonly tags: readonly string[]
  readonly group: string | null
  readonly color: string | null
  readonly archived: boolean
  /** By metric key; only the keys asked for. */
  readonly metrics: Readonly<Record<string, Aggregate>>
}

export interface RunDetail extends Run {
  /** As given to `createRun`. */
  readonly document: string
}

/** Of one metric over one run. Minimum and maximum are of the finite values; NaN when there are none. */
export interface Aggregate {
  readonly count: number
  /** Points that are NaN or infinite. */
  readonly nonFinite: number
  readonly first: number
  readonly firstStep: number
  readonly last: number
  readonly lastStep: number
  readonly min: number
  /** First step at which the minimum was reached. */
  readonly minStep: number
  readonly max: number
  readonly maxStep: number
}

/**
 * Points of several metrics at the same steps. Columns have the length of `steps`; a metric that is measured at other
 * steps (validation) comes in a batch of its own. Steps never decrease within a metric.
 */
export interface PointBatch {
  /** Update numbers: whole, up to 2⁵³. */
  readonly steps: ArrayLike<number>
  /** Seconds of training at each step (or any other clock of the caller); kept to 2⁻²⁴ of 1,024 points' duration. */
  readonly times: ArrayLike<number>
  /** By metric key: `train.loss`, `val.accuracy`, `learningRate`. Values are kept exactly, NaN and infinities too. */
  readonly columns: Readonly<Record<string, ArrayLike<number>>>
  readonly progress?: Progress
}

export interface Points {
  readonly steps: Float64Array
  readonly times: Float64Array
  readonly values: Float64Array
}

/** Summary of consecutive points. Entries of one index belong together. */
export interface Buckets {
  readonly firstStep: Float64Array
  readonly firstTime: Float64Array
  /** NaN where the bucket has no finite value; so are `max`, `mean` and their steps and times. */
  readonly min: Float64Array
  readonly minStep: Float64Array
  readonly minTime: Float64Array
  readonly max: Float64Array
  readonly maxStep: Float64Array
  readonly maxTime: Float64Array
  /** Of the finite values. */
  readonly mean: Float64Array
  readonly finite: Float64Array
  readonly nonFinite: Float64Array
}

export interface SeriesQuery {
  /** First and last step, inclusive; absent: from the beginning, to the end. */
  readonly from?: number
  readonly to?: number
  /** At most so many points come back: about two per pixel. At least 16. */
  readonly maxPoints: number
}

/**
 * Real points of the series: all of the range when they fit into `maxPoints`; otherwise the first and last of the range
 * and the minimum and maximum of every bucket, in order of steps, so that no spike is missing. One NaN stands for a
 * bucket without finite values.
 */
export interface SeriesView extends Points {
  /** Points in the range, drawn or not. */
  readonly total: number
  /** Null when every point of the range is there. */
  readonly buckets: Buckets | null
}

/** Where a live reader stands; made by `readNewPoints`, meaningless to others. */
export interface Cursor {
  readonly point: number
  readonly rewinds: number
}

export interface NewPoints extends Points {
  readonly cursor: Cursor
  /** The run went back to an earlier step since the last read: forget what was read, these points start anew. */
  readonly restarted: boolean
  /** More can be read at once. */
  readonly more: boolean
}

export interface NewEvent {
  /** `pause`, `resume`, `hyperparameters`, `warning`, `evaluation`, `checkpoint`, … */
  readonly kind: string
  readonly step: number
  /** Seconds of training, as in {@link PointBatch}. */
  readonly time: number
  /** Anything JSON; confusion matrices are `{ rows, columns, data: number[] }`. */
  readonly data?: z.core.util.JSONType
  /** Milliseconds since 1970 when it was recorded elsewhere; now unless given. */
  readonly recordedAt?: number
}

export interface RunEvent {
  /** Increases; the cursor of `readEvents`. */
  readonly id: number
  readonly kind: string
  readonly step: number
  readonly time: number
  /** Milliseconds since 1970 when it was recorded. */
  readonly recordedAt: number
  readonly data: z.core.util.JSONType
}

export interface EventQuery {
  readonly kinds?: readonly string[]
  /** Events with a larger id only. */
  readonly after?: number
  readonly limit?: number
  /** Of each of `kinds` the newest so many, whatever `after` and `limit` say. */
  readonly newest?: number
}

/** `checkpoint`: full state, to resume from; `best`: full state at the best evaluation; `export`: made for elsewhere. */
export type ArtifactKind = 'checkpoint' | 'best' | 'export'

export interface NewArtifact {
  readonly kind: ArtifactKind
  readonly step: number
  readonly epoch: number
  /** SHA-256 of the content, as `ArtifactStore.put` returned it; the file must be in the store. */
  readonly hash: string
  readonly bytes: number
  /** For people: an export's format or file name. */
  readonly label?: string
}

export interface Artifact {
  readonly id: number
  readonly kind: ArtifactKind
  readonly step: number
  readonly epoch: number
  readonly hash: string
  readonly bytes: number
  readonly label: string
  readonly createdAt: number
}

export interface RunFilter {
  readonly status?: readonly RunStatus[]
  /** All of them. */
  readonly tags?: readonly string[]
  readonly group?: string | null
  readonly parent?: string
  readonly documentHash?: string
  readonly datasetHash?: string
  /** Part of name, note or id, without regard to case (ASCII). */
  readonly text?: string
  /** Absent: both. */
  readonly archived?: boolean
}

export type RunOrder =
  | { readonly by: 'createdAt' | 'updatedAt' | 'name' | 'status' | 'seconds' | 'steps' | 'epochs' | 'seed' | 'group'; readonly descending?: boolean }
  /** Runs without the metric come last either way. */
  | { readonly by: 'metric'; readonly key: string; readonly aggregate: 'first' | 'last' | 'min' | 'max'; readonly descending?: boolean }

export interface RunQuery {
  readonly filter?: RunFilter
  /** Newest first unless given. */
  readonly order?: RunOrder
  readonly limit?: number
  readonly offset?: number
  /** Keys whose aggregates come along; `'all'` for every key of each run; none unless given. */
  readonly metrics?: readonly string[] | 'all'
}

/** A run's place among all, newest first. */
export interface RunPlace {
  readonly createdAt: number
  /** Grows with every run. */
  readonly key: number
}

export interface IdQuery {
  /** Only runs of which anything was recorded at the time (milliseconds since 1970) or later. */
  readonly changedSince?: number
  /** Only runs older than this place. */
  readonly from?: RunPlace
  /** Every one unless given. */
  readonly limit?: number
}

export interface IdPage {
  readonly ids: readonly string[]
  /** Of the last run, when there may be older ones. */
  readonly next: RunPlace | null
}

export interface RunList {
  readonly runs: readonly Run[]
  /** Without limit and offset. */
  readonly total: number
}

export interface HistoryOptions {
  /** Data directory; made when absent (mode `write`). */
  readonly directory: string
  /** `write`: the one core that owns the directory. `read`: beside it, at any time; every writing method throws. */
  readonly mode: 'write' | 'read'
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Draws run ids; must differ between processes. */
  readonly random: RandomSource
  /** Points are written at the latest so long after they came; 500 unless given. */
  readonly flushMilliseconds?: number
  /** A flush by timer failed (disk full); the points are kept and the next call tries again and throws. */
  readonly onFailure?: (issues: readonly Issue[]) => void
}
