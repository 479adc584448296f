import type { Connection } from './connection'
import { readAggregates, RUN_COLUMNS, runOf, type RunRow } from './run-rows'
import type { RunDetail } from './types'

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
export function readIds(connection: Connection, changedSince: number): string[] {
  return connection
    .sql<{ id: string }>('SELECT id FROM runs WHERE updated_at >= ? ORDER BY created_at DESC, key DESC')
    .all(changedSince)
    .map(({ id }) => id)
}
