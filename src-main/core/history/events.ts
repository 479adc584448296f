import { z } from 'zod'
import type { Connection } from './connection'
import type { EventQuery, NewEvent, RunEvent } from './types'

interface EventRow {
  readonly id: number
  readonly kind: string
  readonly step: number
  readonly time: number
  readonly recorded_at: number
  readonly data: string
}

const dataSchema = z.json()

export function insertEvents(connection: Connection, run: number, events: readonly NewEvent[], now: number): void {
  const insert = connection.sql('INSERT INTO events (run, kind, step, time, recorded_at, data) VALUES (?, ?, ?, ?, ?, ?)')
  for (const { kind, step, time, data, recordedAt } of events) insert.run(run, kind, step, time, recordedAt ?? now, JSON.stringify(data ?? null))
}

export function readEvents(connection: Connection, run: number, query: EventQuery): RunEvent[] {
  const { kinds, after = 0, limit = 10_000, newest } = query
  if (newest !== undefined) return newestEvents(connection, run, kinds ?? [], newest)
  return connection
    .sql<EventRow>(
      `SELECT id, kind, step, time, recorded_at, data FROM events WHERE run = ? AND id > ?
       AND (? IS NULL OR kind IN (SELECT value FROM json_each(?))) ORDER BY id LIMIT ?`,
    )
    .all(run, after, kinds === undefined ? null : 1, JSON.stringify(kinds ?? []), limit)
    .map(asEvent)
}

function newestEvents(connection: Connection, run: number, kinds: readonly string[], count: number): RunEvent[] {
  const select = connection.sql<EventRow>('SELECT id, kind, step, time, recorded_at, data FROM events WHERE run = ? AND kind = ? ORDER BY id DESC LIMIT ?')
  return kinds
    .flatMap((kind) => select.all(run, kind, count))
    .sort((a, b) => a.id - b.id)
    .map(asEvent)
}

function asEvent({ recorded_at: recordedAt, data, ...rest }: EventRow): RunEvent {
  return { ...rest, recordedAt, data: dataSchema.parse(JSON.parse(data)) }
}
