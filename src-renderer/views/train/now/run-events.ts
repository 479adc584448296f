import type { Json } from '@renderer/stores/edit'
import type { RunEventView } from '@shared/protocol/views'
import type { Issue } from '@shared/spec'
import type { ChartMark } from '@renderer/charts/line-chart'

/** What happened to a run, in the order of the log. */
export type LogEntry =
  | { readonly kind: 'started' | 'pause' | 'resume'; readonly step: number; readonly seconds: number; readonly at: number }
  | { readonly kind: 'finished'; readonly step: number; readonly seconds: number; readonly at: number; readonly reason: Issue | null; readonly restored: number | null }
  | { readonly kind: 'rate'; readonly step: number; readonly seconds: number; readonly at: number; readonly value: number; readonly factor: number }
  | { readonly kind: 'crash'; readonly step: number; readonly seconds: number; readonly at: number; readonly message: string }

/** Kinds of recorded events that the log and the charts' marks are made of. */
export const LOG_KINDS = ['prepared', 'pause', 'resume', 'hyperparameters', 'finished', 'crash'] as const

export function logEntries(events: readonly RunEventView[]): readonly LogEntry[] {
  return events.flatMap((event): LogEntry[] => {
    const common = { step: event.step, seconds: event.seconds, at: event.recordedAt }
    switch (event.kind) {
      case 'prepared':
        return [{ kind: 'started', ...common }]
      case 'pause':
      case 'resume':
        return [{ kind: event.kind, ...common }]
      case 'finished': {
        const restored = numberAt(event.data as Json, 'restored')
        return [{ kind: 'finished', ...common, reason: issueAt(event.data as Json, 'reason'), restored: Number.isNaN(restored) ? null : restored }]
      }
      case 'hyperparameters':
        return [{ kind: 'rate', ...common, value: numberAt(event.data as Json, 'learningRate'), factor: numberAt(event.data as Json, 'factor') }]
      case 'crash':
        return [{ kind: 'crash', ...common, message: textAt(event.data as Json, 'message') }]
      default:
        return []
    }
  })
}

/** Marks of changed rates and pauses. Single steps pause at every step: of pauses side by side only the first is marked. */
export function chartMarks(entries: readonly LogEntry[], words: { readonly pause: string; readonly rate: (value: number) => string }): readonly ChartMark[] {
  const marks: ChartMark[] = []
  let lastPause = -Infinity
  for (const entry of entries) {
    if (entry.kind === 'rate') marks.push({ x: entry.step, label: words.rate(entry.value) })
    if (entry.kind !== 'pause') continue
    if (entry.step > lastPause + 1) marks.push({ x: entry.step, label: words.pause })
    lastPause = entry.step
  }
  return marks
}

function numberAt(data: Json, key: string): number {
  const value = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Readonly<Record<string, Json>>)[key] : null
  return typeof value === 'number' ? value : NaN
}

/** Why a run ended by itself; runs of older builds did not record it. */
function issueAt(data: Json, key: string): Issue | null {
  const value = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Readonly<Record<string, Json>>)[key] : null
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { code, args } = value as Readonly<Record<string, Json>>
  return typeof code === 'string' ? { code, path: [], args: (args ?? {}) as Issue['args'] } : null
}

function textAt(data: Json, key: string): string {
  const value = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Readonly<Record<string, Json>>)[key] : null
  return typeof value === 'string' ? value : ''
}
