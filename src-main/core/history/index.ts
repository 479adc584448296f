export type { HistoryApi } from './api'
export * from './types'
