import type { Connection } from './connection'
import { readAggregates, RUN_COLUMNS, runOf, type RunRow } from './run-rows'
import type { IdPage, IdQuery, RunDetail } from './types'

/** In the order of the ids; those that name no run are left out. */
export function readRuns(connection: Connection, ids: readonly string[]): RunDetail[] {
  const rows = connection
    .sql<RunRow & { text: string }>(
      `SELECT ${RUN_COLUMNS}, documents.text FROM json_each(?) CROSS JOIN runs ON runs.id = json_each.value
       CROSS JOIN documents ON documents.hash = runs.document`,
    )
    .all(JSON.stringify(ids))
  const metrics = readAggregates(connection, rows.map(({ key }) => key), null)
  return rows.map((row) => ({ ...runOf(row, metrics.get(row.key) ?? {}), document: row.text }))
}

/** Newest first. */
export function readIds(connection: Connection, { changedSince = 0, from, limit = -1 }: IdQuery): IdPage {
  const rows = connection
    .sql<{ id: string; createdAt: number; key: number }>(
      `SELECT id, created_at AS createdAt, key FROM runs WHERE (created_at, key) < (?, ?) AND updated_at >= ?
       ORDER BY created_at DESC, key DESC LIMIT ?`,
    )
    .all(from?.createdAt ?? Number.MAX_SAFE_INTEGER, from?.key ?? Number.MAX_SAFE_INTEGER, changedSince, limit)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return { ids: rows.map(({ id }) => id), next: last === undefined ? null : { createdAt: last.createdAt, key: last.key } }
}
