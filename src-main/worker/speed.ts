import { buildPlan, predictProgram } from '@shared/compile'
import { messageOf } from '@shared/lib/message-of'
import type { ProbeResult, TrainingJob } from '@shared/protocol/training'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import { ArtifactStore } from '@main/core/artifacts'
import { loadDataset } from '@main/core/datasets'
import { decodeCheckpoint } from './checkpoint'
import { answeringBatch, openModel, type OpenModel } from './model'
import { Pace } from './pace'

/** Until kernels are compiled, memory is allocated and the processor is at its pace. */
const WARM_UP_SECONDS = 0.2
/** The fastest of so many measurements counts: what else the machine does only ever slows it down. */
const MEASUREMENTS = 8
const MEASURED_SECONDS = 0.1

/** How many samples a second a run's model answers on the job's device: evaluation batches of its own data. */
export async function measureSpeed(job: TrainingJob): Promise<ProbeResult> {
  try {
    const opened = await openAnswering(job)
    if (!opened.ok) return opened
    const { model, size } = opened.value
    const pace = new Pace(null)
    try {
      const samplesPerSecond = await fastestRate(async () => {
        const from = performance.now()
        const batches = pace.steps
        await model.answer(batches)
        pace.measured(batches, (performance.now() - from) / 1000)
        return batches * size
      })
      return success({ samplesPerSecond })
    } finally {
      await model.dispose()
    }
  } catch (error) {
    return failure(issue('engine-failed', [], { reason: messageOf(error) }))
  }
}

/** Samples a second, of an `answer` that tells how many it has answered. */
export async function fastestRate(answer: () => Promise<number>): Promise<number> {
  const measure = async (seconds: number): Promise<number> => {
    const began = performance.now()
    for (let samples = 0; ; ) {
      samples += await answer()
      const passed = (performance.now() - began) / 1000
      if (passed >= seconds) return samples / passed
    }
  }
  await measure(WARM_UP_SECONDS)
  const speeds: number[] = []
  while (speeds.length < MEASUREMENTS) speeds.push(await measure(MEASURED_SECONDS))
  return Math.max(...speeds)
}

async function openAnswering(job: TrainingJob): Promise<Result<{ readonly model: OpenModel; readonly size: number }>> {
  const { document, checkpoint } = job
  if (checkpoint === null) throw new Error('a model without weights was to be measured')
  const data = await loadDataset(document.dataset, { baseDirectory: job.baseDirectory, resourcesDirectory: job.resourcesDirectory, seed: document.seed })
  if (!data.ok) return data
  const { sampleShape, target, train, validation } = data.value
  const plan = buildPlan(document, { sample: sampleShape, target })
  if (!plan.ok) return plan
  const { rows, features } = validation ?? train
  const size = answeringBatch(rows)
  const { views } = decodeCheckpoint(await new ArtifactStore(job.artifactsDirectory).read(checkpoint), checkpoint)
  const model = await openModel(predictProgram(plan.value, size), views, { rows, rowShape: sampleShape, data: features }, job)
  return model.ok ? success({ model: model.value, size }) : model
}
