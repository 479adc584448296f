import { CHUNK_POINTS, decodeChunk } from './chunk'
import type { Connection } from './connection'
import { decodeRow, encodeRow, ROWS_PER_PARENT, summarizeChunks, summarizeRows } from './pyramid'
import { STATS_COLUMNS, statsValues, type StatsRow } from './stats'
import type { Aggregate, Buckets, Points } from './types'

export interface SeriesRow extends StatsRow {
  readonly id: number
}

export function findSeries(connection: Connection, run: number, key: string): SeriesRow | undefined {
  return connection.sql<SeriesRow>(`SELECT id, ${STATS_COLUMNS} FROM series WHERE run = ? AND key = ?`).get(run, key)
}

export function insertSeries(connection: Connection, run: number, key: string): number {
  return Number(connection.sql('INSERT INTO series (run, key) VALUES (?, ?)').run(run, key).lastInsertRowid)
}

export function updateStats(connection: Connection, series: number, stats: Aggregate): void {
  connection
    .sql(
      `UPDATE series SET count = ?, non_finite = ?, first = ?, first_step = ?, last = ?, last_step = ?,
       min = ?, min_step = ?, max = ?, max_step = ? WHERE id = ?`,
    )
    .run(...statsValues(stats), series)
}

export function putRow(connection: Connection, series: number, level: number, seq: number, lastStep: number, data: Uint8Array): void {
  connection
    .sql(
      `INSERT INTO chunks (series, level, seq, last_step, data) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (series, level, seq) DO UPDATE SET last_step = excluded.last_step, data = excluded.data`,
    )
    .run(series, level, seq, lastStep, data)
}

/** Chunks `fromSeq` to `toSeq` (exclusive). */
export function* readChunks(connection: Connection, series: number, fromSeq: number, toSeq: number): Generator<Points> {
  for (const { data } of rowsBetween(connection, series, 0, fromSeq, toSeq)) yield decodeChunk(data)
}

/** Summary rows `fromSeq` to `toSeq` (exclusive). */
export function* readSummaries(connection: Connection, series: number, level: number, fromSeq: number, toSeq: number): Generator<Buckets> {
  for (const { data } of rowsBetween(connection, series, level, fromSeq, toSeq)) yield decodeRow(data)
}

function rowsBetween(connection: Connection, series: number, level: number, fromSeq: number, toSeq: number): { data: Uint8Array }[] {
  return connection
    .sql<{ data: Uint8Array }>('SELECT data FROM chunks WHERE series = ? AND level = ? AND seq >= ? AND seq < ? ORDER BY seq')
    .all(series, level, fromSeq, toSeq)
}

/** Writes the summary rows that the full row `seq` of `level` completes, upwards. */
export function promote(connection: Connection, series: number, level: number, seq: number, lastStep: number): void {
  if ((seq + 1) % ROWS_PER_PARENT !== 0) return
  const from = seq + 1 - ROWS_PER_PARENT
  const row =
    level === 0
      ? summarizeChunks([...readChunks(connection, series, from, seq + 1)])
      : summarizeRows([...readSummaries(connection, series, level, from, seq + 1)])
  const parent = from / ROWS_PER_PARENT
  putRow(connection, series, level + 1, parent, lastStep, encodeRow(row))
  promote(connection, series, level + 1, parent, lastStep)
}

/**
 * Index of the first point whose step is at least `step` (`after`: larger than it); the series' length when there is
 * none. Costs one chunk.
 */
export function locate(connection: Connection, series: SeriesRow, step: number, after: boolean): number {
  const found = connection
    .sql<{ seq: number; data: Uint8Array }>(
      `SELECT seq, data FROM chunks WHERE series = ? AND level = 0 AND last_step ${after ? '>' : '>='} ? ORDER BY last_step, seq LIMIT 1`,
    )
    .get(series.id, step)
  if (found === undefined) return series.count
  const { steps } = decodeChunk(found.data)
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (after ? steps[middle] > step : steps[middle] >= step) high = middle
    else low = middle + 1
  }
  return found.seq * CHUNK_POINTS + low
}


