import { dirname, resolve } from 'node:path'
import { buildPlan, estimateMemory, memoryIssue, type MemoryEstimate } from '@shared/compile'
import { deviceIssues } from '@shared/protocol/devices'
import { failure, success, type ExperimentDocument, type Issue, type Result } from '@shared/spec'
import { resourcesDirectory, trainingEntry, type CliContext } from './context'
import { listDevices } from './list-devices'

export interface CheckedExperiment {
  /** What a run of it would need. */
  readonly memory: MemoryEstimate
}

/** Reads the data, fits the model to it and looks for device and memory, as a run would before its first step. */
export async function checkExperiment(context: CliContext, document: ExperimentDocument, path: string): Promise<Result<CheckedExperiment>> {
  const { loadDataset } = await import('@main/core/datasets')
  const data = await loadDataset(document.dataset, {
    baseDirectory: dirname(resolve(path)),
    resourcesDirectory: resourcesDirectory(context),
    seed: document.seed,
  })
  if (!data.ok) return data
  const { sampleShape, target, train, validation, test } = data.value
  const rows = { train: train.rows, validation: validation?.rows ?? 0, test: test?.rows ?? 0 }
  const plan = buildPlan(document, { sample: sampleShape, target }, rows.train, rows.validation)
  const device = await checkDevice(context, document.engine.preference)
  if (!plan.ok || device.length > 0) return failure(...(plan.ok ? [] : plan.issues), ...device)
  const { batchSize } = document.training
  const { availableMemory } = await import('@main/core/training/available-memory')
  const memory = estimateMemory(plan.value, batchSize, rows)
  const tooLarge = memoryIssue({ plan: plan.value, batchSize, rows }, availableMemory(), memory)
  return tooLarge === null ? success({ memory }) : failure(tooLarge)
}

async function checkDevice(context: CliContext, preference: string): Promise<readonly Issue[]> {
  return preference === 'auto' ? [] : deviceIssues(preference, await listDevices(trainingEntry(context)))
}
