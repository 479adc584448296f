export { loadDataset, previewDataset, readRaw } from './load'
export type { DatasetContext } from './load'
export { datasetReaders } from './readers'
