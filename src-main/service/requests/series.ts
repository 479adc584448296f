import type { HistoryApi } from '@main/core/history'
import type { Handlers } from '../handlers'

const NONE = new Float64Array(0)

/** What was recorded of a run. A run that was deleted meanwhile has nothing. */
export function seriesRequests(history: HistoryApi): Handlers<'series.keys' | 'series.read' | 'events.read'> {
  return {
    'series.keys': ({ runId }) => (history.getRun(runId) === null ? [] : history.listSeries(runId)),
    'series.read': ({ runId, key, ...query }) => {
      if (history.getRun(runId) === null) return { steps: NONE, seconds: NONE, values: NONE, total: 0, complete: true }
      const { steps, times, values, total, buckets } = history.readSeries(runId, key, query)
      return { steps, seconds: times, values, total, complete: buckets === null }
    },
    'events.read': ({ runId, kinds, newest }) => {
      if (history.getRun(runId) === null) return []
      return history.readEvents(runId, { kinds, newest }).map(({ kind, step, time, recordedAt, data }) => ({ kind, step, seconds: time, recordedAt, data }))
    },
  }
}
