import { datasetOptions, datasets, type DatasetDocument } from '@shared/catalog/datasets'
import { withLabelNoise } from '@shared/data/label-noise'
import { planPreparation, prepareData, type PreparationPlan } from '@shared/data/prepare'
import { summarize } from '@shared/data/summary'
import type { DataSummary, PreparedData, RawData } from '@shared/data/types'
import { randomSource } from '@shared/lib/random'
import { failure, IssueError, success, type Result } from '@shared/spec/issue'
import type { DataFolders } from './files'
import { hashData } from './hash'
import { datasetReaders } from './readers'

export interface DatasetContext extends DataFolders {
  /** The document's: used where the data set names none of its own. */
  readonly seed: number
}

/** Reads or generates a data set, splits it and prepares it for training. */
export async function loadDataset(document: DatasetDocument, context: DatasetContext): Promise<Result<PreparedData>> {
  return collectIssues(async () => {
    const { raw, plan, contentHash } = await planDataset(document, context)
    return prepareData(raw, plan, document.preprocess.unseen, contentHash)
  })
}

/** What the data set holds, without preparing it for training. */
export async function previewDataset(document: DatasetDocument, context: DatasetContext): Promise<Result<DataSummary>> {
  return collectIssues(async () => {
    const { raw, plan, contentHash } = await planDataset(document, context)
    return summarize(raw, plan, contentHash)
  })
}

/** A data set as read, and what preparing it will do. */
export interface PlannedDataset {
  readonly raw: RawData
  readonly plan: PreparationPlan
  readonly contentHash: string
}

/** Reads or generates a data set and decides its split and preprocessing. Throws `IssueError`. */
export async function planDataset(document: DatasetDocument, context: DatasetContext): Promise<PlannedDataset> {
  const raw = await readRaw(document, context)
  const splitSeed = document.split.seed ?? context.seed
  const { split, preprocess } = document
  const plan = planPreparation(raw, split, preprocess, randomSource(splitSeed, 'dataset', 'split'))
  return { raw: withLabelNoise(raw, plan, preprocess.labelNoise ?? 0, randomSource(splitSeed, 'dataset', 'labelNoise')), plan, contentHash: hashData(raw) }
}

/** The rows as they stand in files, or as generated. Throws `IssueError`. */
export async function readRaw(document: DatasetDocument, context: DatasetContext): Promise<RawData> {
  const definition = datasets.get(document.type)
  if (definition === undefined) throw new Error(`no data set ${document.type}`)
  if (definition.kind === 'generated') {
    const seed = 'seed' in document && typeof document.seed === 'number' ? document.seed : context.seed
    return definition.generate(datasetOptions(definition, document), randomSource(seed, 'dataset', document.type))
  }
  const reader = datasetReaders.find((each) => each.type === document.type)
  if (reader === undefined) throw new Error(`no reader of ${document.type}`)
  return reader.read(document, context)
}

async function collectIssues<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await work())
  } catch (error) {
    if (error instanceof IssueError) return failure(...error.issues)
    throw error
  }
}
