export { loadDataset, planDataset, previewDataset, readRaw } from './load'
export type { DatasetContext, PlannedDataset } from './load'
export { datasetReaders } from './readers'
