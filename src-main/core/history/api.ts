import type { ArtifactStore } from '@main/core/artifacts'
import type {
  Artifact,
  ArtifactKind,
  Cursor,
  EventQuery,
  IdPage,
  IdQuery,
  NewArtifact,
  NewEvent,
  NewPoints,
  NewRun,
  PointBatch,
  RecordedRun,
  RunChanges,
  RunDetail,
  RunEvent,
  RunList,
  RunQuery,
  RunStatus,
  SeriesQuery,
  SeriesView,
} from './types'

/**
 * Everything that outlives a process: one SQLite file and the artifact files beside it. Calls are synchronous and, but
 * for points, durable when they return (also against power loss); points are within a second, and before any later
 * call returns that is. Throws `IssueError` for what users can mend (`run-unknown`, full disk, read-only directory,
 * damaged file); anything else is a bug.
 */
export interface HistoryApi {
  readonly artifacts: ArtifactStore
  /** Runs that a dead process left queued, running or paused, and their status then; all are `interrupted` now. */
  readonly interrupted: readonly { readonly id: string; readonly was: RunStatus }[]

  /** Returns the new run's id. */
  createRun(run: NewRun): string
  /** All of the run or, also when the process dies meanwhile, nothing. Returns the new run's id. */
  addRun(run: RecordedRun): string
  updateRun(id: string, changes: RunChanges): void
  hasRun(id: string): boolean
  /** Null when there is no such run. */
  getRun(id: string): RunDetail | null
  /** In the order of the ids; those that name no run are left out. */
  getRuns(ids: readonly string[]): readonly RunDetail[]
  /** Ids of runs, newest first, page by page. */
  listIds(query?: IdQuery): IdPage
  /** Ids that begin with the text, newest first, at most 10: for commands that take a shortened id. */
  matchRuns(prefix: string): readonly string[]
  listRuns(query?: RunQuery): RunList
  /** The run's rows, and those files that no other run uses. */
  deleteRun(id: string): void
  /** Forgets everything recorded after the step: a run resumes from a checkpoint older than its last point. */
  rewindRun(id: string, step: number): void

  appendPoints(id: string, batch: PointBatch): void
  /** Writes buffered points now. */
  flush(): void
  /** Metric keys of the run, sorted. */
  listSeries(id: string): readonly string[]
  /** Empty when the run has no such metric. */
  readSeries(id: string, key: string, query: SeriesQuery): SeriesView
  /** Points since the cursor (null: since the beginning), at most `limit` (100,000 unless given). */
  readNewPoints(id: string, key: string, cursor: Cursor | null, limit?: number): NewPoints

  appendEvents(id: string, events: readonly NewEvent[]): void
  readEvents(id: string, query?: EventQuery): readonly RunEvent[]

  addArtifact(id: string, artifact: NewArtifact): Artifact
  /** Newest step first. */
  listArtifacts(id: string, kind?: ArtifactKind): readonly Artifact[]
  latestCheckpoint(id: string): Artifact | null
  /** Removes the file too, unless another artifact has the same content. */
  removeArtifact(artifactId: number): void

  /** Removes those of these files that no artifact names: stored for a run that could not be added. Needs no space. */
  discardFiles(hashes: readonly string[]): void

  /** Problems found by SQLite's full check; empty when there are none. Slow: reads the whole file. */
  check(): readonly string[]
  /** A database that this opening made, and in which nothing was kept, is removed again. */
  close(): void
}
