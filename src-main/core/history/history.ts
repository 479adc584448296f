import { join, resolve } from 'node:path'
import { ArtifactStore } from '@main/core/artifacts'
import { IssueError, refuse, success, type Result } from '@shared/spec/issue'
import type { HistoryApi } from './api'
import { deleteArtifacts, forgetGarbage, insertArtifact, isNamed, latestCheckpoint, readArtifacts, readGarbage } from './artifact-rows'
import { insertEvents, readEvents } from './events'
import { reporting } from './failures'
import { discard, openForReading, openForWriting, type Opened } from './open'
import { PointWriter } from './point-writer'
import { rewindSeries } from './rewind'
import { runId } from './run-id'
import { readIds, readRuns } from './run-details'
import { listRuns } from './run-list'
import { changeRun, findRun, insertRun, interruptRuns, removeRun, type RunKey } from './run-rows'
import { readNewPoints, readSeries } from './series-reader'
import type {
  Artifact,
  ArtifactKind,
  Cursor,
  EventQuery,
  IdPage,
  IdQuery,
  HistoryOptions,
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

const FLUSH_MS = 500
/** Encoded points that may wait for the timer, bytes: bounds memory and the length of a flush. */
const WAITING_LIMIT = 4 * 1024 * 1024
const NEW_POINTS_LIMIT = 100_000

/** Issues: `history-locked`, `history-newer`, `history-damaged`, `history-missing` (reading), `history-disk-full`, … */
export async function openHistory(options: HistoryOptions): Promise<Result<HistoryApi>> {
  const open = options.mode === 'write' ? openForWriting : openForReading
  const opened = await open(options.directory, options.now())
  if (!opened.ok) return opened
  try {
    return success(new History(opened.value, options))
  } catch (error) {
    opened.value.connection.close()
    opened.value.lock?.release()
    if (error instanceof IssueError) return { ok: false, issues: error.issues }
    throw error
  }
}

/** See {@link HistoryApi} for what the methods promise. */
export class History implements HistoryApi {
  readonly artifacts: ArtifactStore
  readonly interrupted: readonly { readonly id: string; readonly was: RunStatus }[]
  readonly #opened: Opened
  readonly #options: HistoryOptions
  readonly #points: PointWriter
  readonly #runs = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #failed = false

  constructor(opened: Opened, options: HistoryOptions) {
    this.#opened = opened
    this.#options = options
    this.#points = new PointWriter(opened.connection)
    this.artifacts = new ArtifactStore(join(resolve(options.directory), 'artifacts'))
    this.interrupted = options.mode === 'write' ? this.#settle() : []
  }

  /** Ends what a dead predecessor left open. */
  #settle(): readonly { readonly id: string; readonly was: RunStatus }[] {
    this.artifacts.sweep()
    this.#removeGarbage()
    return this.#write(() => interruptRuns(this.#connection))
  }

  createRun(run: NewRun): string {
    return this.#write((now) => this.#insert(run, now))
  }

  addRun({ progress, errors, archived, points, artifacts, ...run }: RecordedRun): string {
    for (const { hash } of artifacts) this.#expectFile(hash)
    return this.#write((now) => {
      const id = this.#insert(run, now)
      const { key } = findRun(this.#connection, id)
      // Of its own: what it holds goes with the transaction.
      const writer = new PointWriter(this.#connection)
      for (const batch of points) writer.append(key, batch)
      writer.setProgress(key, progress)
      writer.write(now)
      changeRun(this.#connection, key, { errors, archived }, now)
      for (const artifact of artifacts) insertArtifact(this.#connection, key, artifact, now)
      return id
    })
  }

  /** Inside a transaction. */
  #insert(run: NewRun, now: number): string {
    for (;;) {
      const id = runId(run.times?.createdAt ?? now, this.#options.random)
      if (insertRun(this.#connection, id, run, now)) return id
    }
  }

  updateRun(id: string, changes: RunChanges): void {
    const { key } = this.#find(id)
    if (changes.progress !== undefined) this.#points.setProgress(key, changes.progress)
    this.#write((now) => changeRun(this.#connection, key, changes, now))
    if (changes.status !== undefined && changes.status !== 'running') this.#points.forget(key)
  }

  hasRun(id: string): boolean {
    return this.#read(() => this.#connection.sql('SELECT 1 FROM runs WHERE id = ?').get(id) !== undefined)
  }

  getRun(id: string): RunDetail | null {
    return this.getRuns([id]).at(0) ?? null
  }

  getRuns(ids: readonly string[]): readonly RunDetail[] {
    return this.#read(() => readRuns(this.#connection, ids))
  }

  listIds(query: IdQuery = {}): IdPage {
    return this.#read(() => readIds(this.#connection, query))
  }

  matchRuns(prefix: string): readonly string[] {
    return this.#read(() =>
      this.#connection
        .sql<{ id: string }>("SELECT id FROM runs WHERE id >= ? AND id < ? || char(0x10ffff) ORDER BY id DESC LIMIT 10")
        .all(prefix, prefix)
        .map(({ id }) => id),
    )
  }

  listRuns(query: RunQuery = {}): RunList {
    return this.#read(() => listRuns(this.#connection, query))
  }

  deleteRun(id: string): void {
    const { key, status } = this.#find(id)
    if (status === 'running' || status === 'paused') refuse('run-in-progress', [], { run: id })
    this.#points.forget(key)
    this.#write(() => {
      deleteArtifacts(this.#connection, 'run = ?', key)
      removeRun(this.#connection, key)
    })
    this.#runs.delete(id)
    this.#removeGarbage()
    reporting(this.#connection.path, () => this.#connection.database.pragma('incremental_vacuum'))
  }

  rewindRun(id: string, step: number): void {
    this.flush()
    const { key } = this.#find(id)
    this.#points.forget(key)
    this.#write(() => {
      rewindSeries(this.#connection, key, step)
      this.#connection.sql('DELETE FROM events WHERE run = ? AND step > ?').run(key, step)
      deleteArtifacts(this.#connection, 'run = ? AND step > ?', key, step)
      this.#connection.sql('UPDATE runs SET rewinds = rewinds + 1 WHERE key = ?').run(key)
    })
    this.#removeGarbage()
  }

  appendPoints(id: string, batch: PointBatch): void {
    this.#expectWriter()
    this.#points.append(this.#keyOf(id), batch)
    if (this.#failed || this.#points.waiting > WAITING_LIMIT) this.flush()
    else this.#timer ??= setTimeout(() => this.#flushByTimer(), this.#options.flushMilliseconds ?? FLUSH_MS)
  }

  flush(): void {
    if (this.#points.dirty) this.#write(() => undefined, 'unsynced')
  }

  listSeries(id: string): readonly string[] {
    return this.#read(() => {
      const { key: run } = this.#find(id)
      return this.#connection.sql<{ key: string }>('SELECT key FROM series WHERE run = ? ORDER BY key').all(run).map(({ key }) => key)
    })
  }

  readSeries(id: string, key: string, query: SeriesQuery): SeriesView {
    return this.#read(() => readSeries(this.#connection, this.#find(id).key, key, query))
  }

  readNewPoints(id: string, key: string, cursor: Cursor | null, limit = NEW_POINTS_LIMIT): NewPoints {
    return this.#read(() => readNewPoints(this.#connection, this.#find(id), key, cursor, limit))
  }

  appendEvents(id: string, events: readonly NewEvent[]): void {
    const { key } = this.#find(id)
    this.#write((now) => insertEvents(this.#connection, key, events, now))
  }

  readEvents(id: string, query: EventQuery = {}): readonly RunEvent[] {
    return this.#read(() => readEvents(this.#connection, this.#find(id).key, query))
  }

  addArtifact(id: string, artifact: NewArtifact): Artifact {
    const { key } = this.#find(id)
    this.#expectFile(artifact.hash)
    return this.#write((now) => insertArtifact(this.#connection, key, artifact, now))
  }

  #expectFile(hash: string): void {
    if (!this.artifacts.has(hash)) refuse('artifact-missing', [], { path: this.artifacts.pathOf(hash) })
  }

  listArtifacts(id: string, kind?: ArtifactKind): readonly Artifact[] {
    return this.#read(() => readArtifacts(this.#connection, this.#find(id).key, kind))
  }

  latestCheckpoint(id: string): Artifact | null {
    return this.#read(() => latestCheckpoint(this.#connection, this.#find(id).key))
  }

  removeArtifact(artifactId: number): void {
    this.#write(() => deleteArtifacts(this.#connection, 'id = ?', artifactId))
    this.#removeGarbage()
  }

  discardFiles(hashes: readonly string[]): void {
    const unnamed = this.#read(() => hashes.filter((hash) => !isNamed(this.#connection, hash)))
    for (const hash of unnamed) this.artifacts.remove(hash)
  }

  check(): readonly string[] {
    try {
      const rows = this.#read(() => this.#connection.database.pragma('integrity_check')) as readonly { readonly integrity_check: string }[]
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
    } catch (error) {
      // Some damage keeps the check itself from running.
      if (error instanceof IssueError && error.issues[0].code === 'history-damaged') return [String(error.issues[0].args.reason)]
      throw error
    }
  }

  close(): void {
    try {
      this.flush()
    } finally {
      if (this.#timer !== null) clearTimeout(this.#timer)
      const { made, lock } = this.#opened
      if (made !== null && !this.#hasRuns()) {
        discard(this.#opened, made)
      } else {
        this.#connection.close()
        lock?.release()
      }
    }
  }

  #hasRuns(): boolean {
    return this.#connection.read(() => this.#connection.sql('SELECT 1 FROM runs LIMIT 1').get() !== undefined)
  }

  get #connection() {
    return this.#opened.connection
  }

  #expectWriter(): void {
    if (this.#options.mode === 'read') throw new Error('this history was opened for reading')
  }

  /** Buffered points go along with every write, so that whatever is durable has its past on disk. */
  #write<T>(body: (now: number) => T, durability: 'synced' | 'unsynced' = 'synced'): T {
    this.#expectWriter()
    const now = this.#options.now()
    try {
      const result = this.#connection.write(durability, () => {
        this.#points.write(now)
        return body(now)
      })
      this.#failed = false
      this.#points.committed()
      return result
    } catch (error) {
      this.#failed = true
      throw error
    }
  }

  /** Shows the buffered points too; where they cannot be written now, `appendPoints` tells, not the reader. */
  #read<T>(body: () => T): T {
    if (this.#points.dirty) {
      try {
        this.flush()
      } catch (error) {
        if (!(error instanceof IssueError)) throw error
      }
    }
    return this.#connection.read(body)
  }

  #flushByTimer(): void {
    this.#timer = null
    try {
      this.flush()
    } catch (error) {
      if (!(error instanceof IssueError)) throw error
      this.#options.onFailure?.(error.issues)
    }
  }

  #find(id: string): RunKey {
    return reporting(this.#connection.path, () => findRun(this.#connection, id))
  }

  /** Keys never change and are asked for with every batch. */
  #keyOf(id: string): number {
    let key = this.#runs.get(id)
    if (key === undefined) this.#runs.set(id, (key = this.#find(id).key))
    return key
  }

  /** Files first, then their names: a crash between the two repeats the removal at the next opening. */
  #removeGarbage(): void {
    const garbage = reporting(this.#connection.path, () => readGarbage(this.#connection))
    if (garbage.length === 0) return
    for (const hash of garbage) this.artifacts.remove(hash)
    this.#write(() => forgetGarbage(this.#connection))
  }
}
