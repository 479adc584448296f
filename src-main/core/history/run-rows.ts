import { z } from 'zod'
import { sha256 } from '@main/core/artifacts'
import { nextRunColor, RUN_COLORS } from '@shared/lib/run-colors'
import { issueSchema, refuse, type Issue } from '@shared/spec/issue'
import type { Connection } from './connection'
import { insertEvents } from './events'
import { STATS_COLUMNS, statsOf, type StatsRow } from './stats'
import { environmentSchema, type Aggregate, type Environment, type NewRun, type Run, type RunChanges, type RunStatus } from './types'

export interface RunRow {
  readonly key: number
  readonly id: string
  readonly name: string
  readonly status: RunStatus
  readonly document: string
  readonly document_hash: string
  readonly dataset_hash: string
  readonly environment: string
  readonly seed: number
  readonly created_at: number
  readonly started_at: number | null
  readonly finished_at: number | null
  readonly updated_at: number
  readonly steps: number
  readonly epochs: number
  readonly samples: number
  readonly seconds: number
  readonly errors: string
  readonly parent: string | null
  readonly note: string
  readonly run_group: string | null
  readonly color: string | null
  readonly archived: number
  readonly tags: string
}

/** Columns of `RunRow`, of the table named `runs`. */
export const RUN_COLUMNS = `runs.*, (SELECT json_group_array(tag) FROM (SELECT tag FROM run_tags WHERE run = runs.key ORDER BY tag)) AS tags`

const FINAL: ReadonlySet<RunStatus> = new Set(['stopped', 'interrupted', 'failed', 'done'])

const issuesSchema = z.array(issueSchema)
const tagsSchema = z.array(z.string())

export interface RunKey {
  readonly key: number
  readonly status: RunStatus
  readonly rewinds: number
}

/** Throws `run-unknown`. */
export function findRun(connection: Connection, id: string): RunKey {
  const row = connection.sql<RunKey>('SELECT key, status, rewinds FROM runs WHERE id = ?').get(id)
  return row ?? refuse('run-unknown', [], { run: id })
}

/** False when the id is taken. Inside a transaction. */
export function insertRun(connection: Connection, id: string, run: NewRun, now: number): boolean {
  if (connection.sql('SELECT 1 FROM runs WHERE id = ?').get(id) !== undefined) return false
  const document = sha256(run.document)
  const status = run.status ?? 'queued'
  connection.sql('INSERT OR IGNORE INTO documents (hash, text) VALUES (?, ?)').run(document, run.document)
  const inserted = connection
    .sql(
      `INSERT INTO runs (id, name, status, document, document_hash, dataset_hash, environment, seed, created_at, started_at,
       finished_at, updated_at, parent, note, run_group, color) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      run.name,
      status,
      document,
      run.documentHash,
      run.datasetHash,
      JSON.stringify(run.environment),
      run.seed,
      run.times?.createdAt ?? now,
      run.times === undefined ? (status === 'running' ? now : null) : run.times.startedAt,
      run.times?.finishedAt ?? null,
      now,
      run.parent ?? null,
      run.note ?? '',
      run.group ?? null,
      run.color ?? nextRunColor(recentColors(connection)),
    )
  const key = Number(inserted.lastInsertRowid)
  setTags(connection, key, run.tags ?? [])
  insertEvents(connection, key, run.events ?? [], now)
  return true
}

/** Of the newest runs, newest first. */
function recentColors(connection: Connection): (string | null)[] {
  return connection
    .sql<{ readonly color: string | null }>('SELECT color FROM runs ORDER BY key DESC LIMIT ?')
    .all(RUN_COLORS.length - 1)
    .map(({ color }) => color)
}

/** Inside a transaction; progress is the point writer's. */
export function changeRun(connection: Connection, run: number, changes: RunChanges, now: number): void {
  const { name, status, environment, datasetHash, errors, note, tags, group, color, archived } = changes
  const values: readonly (readonly [column: string, value: string | number | null | undefined])[] = [
    ['name', name],
    ['status', status],
    ['environment', environment && JSON.stringify(environment)],
    ['dataset_hash', datasetHash],
    ['errors', errors && JSON.stringify(errors)],
    ['note', note],
    ['run_group', group],
    ['color', color],
    ['archived', archived === undefined ? undefined : Number(archived)],
    ['finished_at', status === undefined ? undefined : FINAL.has(status) ? now : null],
    ['updated_at', now],
  ]
  const given = values.filter(([, value]) => value !== undefined)
  connection
    .sql(`UPDATE runs SET ${given.map(([column]) => `${column} = ?`).join(', ')} WHERE key = ?`)
    .run(...given.map(([, value]) => value ?? null), run)
  if (status === 'running') connection.sql('UPDATE runs SET started_at = ? WHERE key = ? AND started_at IS NULL').run(now, run)
  if (tags !== undefined) setTags(connection, run, tags)
}

/** What a dead process left in progress comes to rest, at the time of its last record. Inside a transaction. */
export function interruptRuns(connection: Connection): { readonly id: string; readonly was: RunStatus }[] {
  const left = connection
    .sql<{ id: string; was: RunStatus }>("SELECT id, status AS was FROM runs WHERE status IN ('queued', 'running', 'paused') ORDER BY key")
    .all()
  connection
    .sql("UPDATE runs SET status = 'interrupted', finished_at = updated_at WHERE status IN ('queued', 'running', 'paused')")
    .run()
  return left
}

/** Rows of the run and its document, unless another run has the same; artifacts must be gone. Inside a transaction. */
export function removeRun(connection: Connection, run: number): void {
  const { document } = connection.sql<{ document: string }>('DELETE FROM runs WHERE key = ? RETURNING document').get(run) ?? {}
  if (document === undefined) return
  connection.sql('DELETE FROM documents WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM runs WHERE document = ?)').run(document, document)
}

export function runOf(row: RunRow, metrics: Readonly<Record<string, Aggregate>>): Run {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    documentHash: row.document_hash,
    datasetHash: row.dataset_hash,
    environment: environmentOf(row.environment),
    seed: row.seed,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    updatedAt: row.updated_at,
    steps: row.steps,
    epochs: row.epochs,
    samples: row.samples,
    seconds: row.seconds,
    errors: row.errors === '[]' ? [] : (issuesSchema.parse(JSON.parse(row.errors)) satisfies Issue[]),
    parent: row.parent,
    note: row.note,
    tags: row.tags === '[]' ? [] : tagsSchema.parse(JSON.parse(row.tags)),
    group: row.run_group,
    color: row.color,
    archived: row.archived === 1,
    metrics,
  }
}

/** Thousands of runs share a few environments. */
const MOST_ENVIRONMENTS = 100
const environments = new Map<string, Environment>()

function environmentOf(text: string): Environment {
  const known = environments.get(text)
  if (known !== undefined) return known
  const environment = environmentSchema.parse(JSON.parse(text))
  if (environments.size === MOST_ENVIRONMENTS) environments.clear()
  environments.set(text, environment)
  return environment
}

/** By run, then by metric key. `keys` null: every key. */
export function readAggregates(connection: Connection, runs: readonly number[], keys: readonly string[] | null): Map<number, Record<string, Aggregate>> {
  const byRun = new Map<number, Record<string, Aggregate>>(runs.map((run) => [run, {}]))
  const rows = connection
    .sql<StatsRow & { run: number; key: string }>(
      `SELECT run, key, ${STATS_COLUMNS} FROM series WHERE run IN (SELECT value FROM json_each(?))
       AND (? IS NULL OR key IN (SELECT value FROM json_each(?))) ORDER BY run, key`,
    )
    .all(JSON.stringify(runs), keys === null ? null : 1, JSON.stringify(keys ?? []))
  for (const row of rows) (byRun.get(row.run) ?? {})[row.key] = statsOf(row)
  return byRun
}

function setTags(connection: Connection, run: number, tags: readonly string[]): void {
  connection.sql('DELETE FROM run_tags WHERE run = ?').run(run)
  for (const tag of new Set(tags)) connection.sql('INSERT INTO run_tags (run, tag) VALUES (?, ?)').run(run, tag)
}
