import type { HistoryApi } from '@main/core/history'
import type { Handlers } from '../handlers'

/** Loaded when first needed: writers of formats are large. */
export function exportRequests(history: HistoryApi): Handlers<'exports.create'> {
  return {
    'exports.create': async ({ runId, format, language }) => {
      const { exportRun } = await import('@main/core/exports')
      return await exportRun(history, runId, format, { language })
    },
  }
}
