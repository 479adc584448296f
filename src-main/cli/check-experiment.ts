import { dirname, resolve } from 'node:path'
import { buildPlan, type TrainingPlan } from '@shared/compile'
import type { ExperimentDocument, Result } from '@shared/spec'
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
  return buildPlan(document, { sample: sampleShape, target }, train.rows)
}
