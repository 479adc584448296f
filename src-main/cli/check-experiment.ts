import { dirname, resolve } from 'node:path'
import { buildPlan, type TrainingPlan } from '@shared/compile'
import { deviceIssue } from '@shared/protocol/devices'
import { failure, type ExperimentDocument, type Issue, type Result } from '@shared/spec'
import { resourcesDirectory, trainingEntry, type CliContext } from './context'
import { listDevices } from './list-devices'

/** Reads the data, fits the model to it and looks for the device, as a run would before its first step. */
export async function checkExperiment(context: CliContext, document: ExperimentDocument, path: string): Promise<Result<TrainingPlan>> {
  const { loadDataset } = await import('@main/core/datasets')
  const data = await loadDataset(document.dataset, {
    baseDirectory: dirname(resolve(path)),
    resourcesDirectory: resourcesDirectory(context),
    seed: document.seed,
  })
  if (!data.ok) return data
  const { sampleShape, target, train } = data.value
  const plan = buildPlan(document, { sample: sampleShape, target }, train.rows)
  const device = await checkDevice(context, document.engine.preference)
  return device === null ? plan : failure(...(plan.ok ? [] : plan.issues), device)
}

async function checkDevice(context: CliContext, preference: string): Promise<Issue | null> {
  return preference === 'auto' ? null : deviceIssue(preference, await listDevices(trainingEntry(context)))
}
