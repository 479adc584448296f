import SqliteDatabase from 'better-sqlite3'
import { beforeAll, expect, test } from 'vitest'
import { insertArtifact, latestCheckpoint, readArtifacts } from '@main/core/history/artifact-rows'
import { Connection } from '@main/core/history/connection'
import { insertEvents, readEvents } from '@main/core/history/events'
import { MIGRATIONS } from '@main/core/history/migrations'
import { migrate } from '@main/core/history/open'
import { PointWriter } from '@main/core/history/point-writer'
import { rewindSeries } from '@main/core/history/rewind'
import { readIds, readRuns } from '@main/core/history/run-details'
import { listRuns } from '@main/core/history/run-list'
import { changeRun, findRun, insertRun, readAggregates, removeRun } from '@main/core/history/run-rows'
import { readNewPoints, readSeries } from '@main/core/history/series-reader'
import { NEW_RUN } from '../../helpers/history'

const executed: string[] = []
const connection = new Connection(new SqliteDatabase(':memory:', { verbose: (sql) => void executed.push(String(sql)) }), ':memory:')
const writer = new PointWriter(connection)
const RUN = { key: 1, rewinds: 0 }

beforeAll(() => {
  migrate(connection.database, 0, MIGRATIONS)
  insertRun(connection, 'run', { ...NEW_RUN, tags: ['x'] }, 0)
  insertEvents(connection, 1, [{ kind: 'pause', step: 1, time: 0 }], 0)
  insertArtifact(connection, 1, { kind: 'checkpoint', step: 1, epoch: 0, hash: 'h', bytes: 1 }, 0)
  append(0, 10_000)
})

function append(from: number, count: number): void {
  const steps = Float64Array.from({ length: count }, (_, index) => from + index)
  writer.append(1, { steps, times: steps, columns: { loss: steps } })
  writer.write(0)
  writer.committed()
}

/** Steps of the plans of every statement that the body runs, as SQLite describes them. */
function plansOf(body: () => unknown): readonly string[] {
  executed.length = 0
  body()
  const statements = executed.filter((sql) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql))
  expect(statements.length).toBeGreaterThan(0)
  return statements.flatMap((sql) => connection.database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all().map(({ detail }) => detail))
}

/** Reading a whole table, or sorting its rows. A list given as JSON is read whole by its nature, as is a subquery of a few rows that were searched. */
function costly(plans: readonly string[]): readonly string[] {
  return plans.filter((detail) => /^SCAN (?!json_each|CONSTANT|\(subquery)|TEMP B-TREE/.test(detail))
}

test.each<readonly [string, () => unknown]>([
  ['finding a run', () => findRun(connection, 'run')],
  ['reading runs', () => readRuns(connection, ['run'])],
  ['changing a run', () => changeRun(connection, 1, { status: 'paused', note: 'x' }, 0)],
  ['flushing points', () => append(10_000, 7000)],
  ['a whole series', () => readSeries(connection, 1, 'loss', { maxPoints: 100 })],
  ['a range of a series', () => readSeries(connection, 1, 'loss', { from: 50, to: 9000, maxPoints: 100 })],
  ['new points', () => readNewPoints(connection, RUN, 'loss', { point: 9990, rewinds: 0 }, 100)],
  ['events', () => readEvents(connection, 1, { kinds: ['pause'], after: 0 })],
  ['newest events', () => readEvents(connection, 1, { kinds: ['pause'], newest: 1 })],
  ['the latest checkpoint', () => latestCheckpoint(connection, 1)],
  ['artifacts of a kind', () => readArtifacts(connection, 1, 'checkpoint')],
  ['aggregates', () => readAggregates(connection, [1], ['loss'])],
  ['removing a run', () => connection.database.transaction(() => removeRun(connection, 2))()],
])('%s touches its own rows only', (_name, body) => {
  expect(costly(plansOf(body))).toEqual([])
})

test('a page of the newest runs sorts nothing: it walks the index', () => {
  const plans = plansOf(() => listRuns(connection, { limit: 50 }))
  expect(plans).toContain('SCAN runs USING INDEX runs_by_creation')
  expect(plans.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([])
})

test('any page of ids walks the index from its place', () => {
  const plans = plansOf(() => readIds(connection, { limit: 50, from: { createdAt: 5, key: 7 } }))
  expect(plans.join('\n')).toContain('SEARCH runs USING INDEX runs_by_creation (created_at<?)')
  expect(plans.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([])
})

test('runs of a status, of a document, of a parent, of a group are found by index', () => {
  const indexOf = (filter: Parameters<typeof listRuns>[1]['filter']): string => plansOf(() => listRuns(connection, { filter, order: { by: 'name' } })).join('\n')
  expect(indexOf({ status: ['running'] })).toContain('runs_by_status')
  expect(indexOf({ documentHash: 'x' })).toContain('runs_by_document_hash')
  expect(indexOf({ parent: 'x' })).toContain('runs_by_parent')
  expect(indexOf({ group: 'x' })).toContain('runs_by_group')
})

/** How often the body ran a statement that begins so. */
function countOf(beginning: string, body: () => unknown): number {
  executed.length = 0
  body()
  return executed.filter((sql) => sql.startsWith(beginning)).length
}

test('a flush writes what is new, not what earlier ones wrote', () => {
  append(20_000, 50_000)
  expect(countOf('INSERT INTO chunks', () => append(70_000, 1))).toBe(1)
})

test('a zoomed-out read of a long series reads hundreds of rows fewer than its chunks', () => {
  append(80_000, 1_000_000)
  let rows = 0
  const all = connection.sql<{ data: Uint8Array }>('SELECT data FROM chunks WHERE series = ? AND level = ? AND seq >= ? AND seq < ? ORDER BY seq')
  const original = all.all.bind(all)
  all.all = (...bound) => {
    const found = original(...bound)
    rows += found.length
    return found
  }
  expect(readSeries(connection, 1, 'loss', { maxPoints: 500 }).total).toBeGreaterThan(1_000_000)
  expect(rows).toBeLessThan(60)
})

test('a rewind leaves no rows of what it forgot', () => {
  const levels = () => connection.sql<{ level: number; rows: number }>('SELECT level, count(*) AS rows FROM chunks GROUP BY level ORDER BY level').all()
  expect(levels().length).toBeGreaterThan(4)
  rewindSeries(connection, 1, 5000)
  expect(levels()).toEqual([
    { level: 0, rows: 5 },
    { level: 1, rows: 1 },
  ])
})
