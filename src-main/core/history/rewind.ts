import { CHUNK_POINTS, encodeChunk } from './chunk'
import type { Connection } from './connection'
import { rowPoints } from './pyramid'
import { readPoints } from './series-reader'
import { locate, putRow, readChunks, updateStats, type SeriesRow } from './series-rows'
import { addToStats, emptyStats, STATS_COLUMNS } from './stats'

/** Forgets the points after `step` of every metric of the run. Inside a transaction, with nothing buffered. */
export function rewindSeries(connection: Connection, run: number, step: number): void {
  const all = connection.sql<SeriesRow>(`SELECT id, ${STATS_COLUMNS} FROM series WHERE run = ?`).all(run)
  for (const series of all) truncate(connection, series, locate(connection, series, step, true))
}

/** Keeps the first `count` points. */
function truncate(connection: Connection, series: SeriesRow, count: number): void {
  if (count === series.count) return
  if (count === 0) {
    connection.sql('DELETE FROM series WHERE id = ?').run(series.id)
    return
  }
  const fullChunks = Math.floor(count / CHUNK_POINTS)
  const rest = readPoints(connection, series.id, fullChunks * CHUNK_POINTS, count)
  for (let level = 0; rowPoints(level) <= series.count || level === 0; level++) {
    connection
      .sql('DELETE FROM chunks WHERE series = ? AND level = ? AND seq >= ?')
      .run(series.id, level, Math.floor(count / rowPoints(level)))
  }
  if (rest.steps.length > 0) putRow(connection, series.id, 0, fullChunks, rest.steps[rest.steps.length - 1], encodeChunk(rest))
  const stats = emptyStats()
  for (const { steps, values } of readChunks(connection, series.id, 0, fullChunks + 1)) addToStats(stats, steps, values, 0, steps.length)
  updateStats(connection, series.id, stats)
}
