import type { Bound, Connection } from './connection'
import { readAggregates, RUN_COLUMNS, runOf, type RunRow } from './run-rows'
import type { RunFilter, RunList, RunOrder, RunQuery } from './types'

const ORDER_COLUMNS = {
  createdAt: 'runs.created_at',
  updatedAt: 'runs.updated_at',
  name: 'runs.name COLLATE NOCASE',
  status: 'runs.status',
  seconds: 'runs.seconds',
  steps: 'runs.steps',
  epochs: 'runs.epochs',
  seed: 'runs.seed',
  group: 'runs.run_group',
} as const

const AGGREGATE_COLUMNS = { first: 'first', last: 'last', min: 'min', max: 'max' } as const

interface Condition {
  readonly sql: string
  readonly bound: Bound
}

export function listRuns(connection: Connection, query: RunQuery): RunList {
  const where = conditionOf(query.filter ?? {})
  const { sql, bound } = listStatement(where, query)
  const rows = connection.sql<RunRow>(sql).all(...bound)
  const counted = connection.sql<{ total: number }>(`SELECT count(*) AS total FROM runs WHERE ${where.sql}`).get(...where.bound)
  const keys = query.metrics === 'all' ? null : (query.metrics ?? [])
  const wanted = keys === null || keys.length > 0
  const metrics = wanted ? readAggregates(connection, rows.map((row) => row.key), keys) : new Map<number, never>()
  return { runs: rows.map((row) => runOf(row, metrics.get(row.key) ?? {})), total: counted?.total ?? 0 }
}

/** The statement of a list, for `listRuns` and for the tests of its plan. */
function listStatement(where: Condition, query: RunQuery): Condition {
  const { limit = -1, offset = 0, order = { by: 'createdAt', descending: true } } = query
  const ordered = orderOf(order)
  return {
    sql: `SELECT ${RUN_COLUMNS} FROM runs ${ordered.join} WHERE ${where.sql} ORDER BY ${ordered.by} LIMIT ? OFFSET ?`,
    bound: [...ordered.bound, ...where.bound, limit, offset],
  }
}

/** Ties in the order of creation, in the same direction. */
function orderOf(order: RunOrder): { readonly join: string; readonly by: string; readonly bound: Bound } {
  const direction = order.descending === true ? 'DESC' : 'ASC'
  if (order.by !== 'metric') return { join: '', by: `${ORDER_COLUMNS[order.by]} ${direction}, runs.key ${direction}`, bound: [] }
  const column = AGGREGATE_COLUMNS[order.aggregate]
  return {
    join: 'LEFT JOIN series ON series.run = runs.key AND series.key = ?',
    by: `series.${column} ${direction} NULLS LAST, runs.key ${direction}`,
    bound: [order.key],
  }
}

function conditionOf(filter: RunFilter): Condition {
  const parts: Condition[] = []
  const add = (sql: string, ...bound: Bound): void => void parts.push({ sql, bound })
  if (filter.status !== undefined) add('runs.status IN (SELECT value FROM json_each(?))', JSON.stringify(filter.status))
  for (const tag of filter.tags ?? []) add('EXISTS (SELECT 1 FROM run_tags WHERE run = runs.key AND tag = ?)', tag)
  if (filter.group === null) add('runs.run_group IS NULL')
  else if (filter.group !== undefined) add('runs.run_group = ?', filter.group)
  if (filter.parent !== undefined) add('runs.parent = ?', filter.parent)
  if (filter.documentHash !== undefined) add('runs.document_hash = ?', filter.documentHash)
  if (filter.datasetHash !== undefined) add('runs.dataset_hash = ?', filter.datasetHash)
  if (filter.archived !== undefined) add('runs.archived = ?', Number(filter.archived))
  if (filter.text !== undefined) {
    add("instr(lower(runs.name || char(10) || runs.note || char(10) || runs.id), lower(?)) > 0", filter.text)
  }
  return { sql: parts.map(({ sql }) => sql).join(' AND ') || '1', bound: parts.flatMap(({ bound }) => bound) }
}
