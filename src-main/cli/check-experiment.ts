import { dirname, resolve } from 'node:path'
import { buildPlan, type TrainingPlan } from '@shared/compile'
import { failure, issue, type ExperimentDocument, type Result } from '@shared/spec'
import { resourcesDirectory, type CliContext } from './context'

/** Reads the data and fits the model to it, as a run would before its first step. */
export async function checkExperiment(context: CliContext, document: ExperimentDocument, path: string): Promise<Result<TrainingPlan>> {
  const { loadDataset } = await import('@main/core/datasets')
  const data = await loadDataset(document.dataset, {
    baseDirectory: dirname(resolve(path)),
    resourcesDirectory: resourcesDirectory(context),
    seed: document.seed,
  })
  if (!data.ok) return data
  const { sampleShape, target, train } = data.value
  const plan = buildPlan(document, { sample: sampleShape, target })
  const { batchSize } = document.training
  const tooLarge = batchSize !== 'full' && batchSize > train.rows ? [issue('training-batch-too-large', ['training', 'batchSize'], { batchSize, rows: train.rows })] : []
  return tooLarge.length === 0 ? plan : failure(...(plan.ok ? [] : plan.issues), ...tooLarge)
}
