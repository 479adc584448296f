import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HistoryApi, SeriesQuery } from '@main/core/history'
import type { SeriesSlice } from '@shared/protocol/views'
import type { Handlers } from '../handlers'

const NONE = new Float64Array(0)
/** Metrics read between two turns of the event loop. */
const SLICE = 8

/** What was recorded of a run. A run that was deleted meanwhile has nothing. */
export function seriesRequests(history: HistoryApi): Handlers<'series.keys' | 'series.read' | 'series.readMany' | 'events.read'> {
  function read(runId: string, key: string, query: SeriesQuery): SeriesSlice {
    if (!history.hasRun(runId)) return { steps: NONE, seconds: NONE, values: NONE, total: 0, complete: true }
    const { steps, times, values, total, buckets } = history.readSeries(runId, key, query)
    return { steps, seconds: times, values, total, complete: buckets === null }
  }

  return {
    'series.keys': ({ runId }) => (history.hasRun(runId) ? history.listSeries(runId) : []),
    'series.read': ({ runId, key, ...query }) => read(runId, key, query),
    'series.readMany': async ({ series, maxPoints }) => {
      const slices: SeriesSlice[] = []
      for (const [index, { runId, key }] of series.entries()) {
        if (index % SLICE === SLICE - 1) await nextTurn()
        slices.push(read(runId, key, { maxPoints }))
      }
      return slices
    },
    'events.read': ({ runId, kinds, newest }) => {
      if (!history.hasRun(runId)) return []
      return history.readEvents(runId, { kinds, newest }).map(({ kind, step, time, recordedAt, data }) => ({ kind, step, seconds: time, recordedAt, data }))
    },
  }
}
