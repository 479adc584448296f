export type { HistoryApi } from './api'
export { openHistory } from './history'
export { runId } from './run-id'
export * from './types'
