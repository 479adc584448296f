import { buildPlan, sampleProgram } from '@shared/compile'
import { decodeText, encodeText, textCodec, type TextRequest } from '@shared/data/text'
import type { GivenModel, TrainingJob, WrittenText } from '@shared/protocol/training'
import { failure, issue, IssueError, success, type Result } from '@shared/spec/issue'
import { ArtifactStore } from '@main/core/artifacts'
import { loadDataset } from '@main/core/datasets'
import { decodeCheckpoint } from './checkpoint'
import { answerSample, openProgram } from './model'
import { shownPart } from './snapshots-part'
import { BEFORE, heldOutBeginning } from './snapshots-text'
import { writeOn } from './write-on'

/** Lets the model of a run write: with the weights that are given, else those of the job's checkpoint. */
export async function writeText(job: TrainingJob, request: TextRequest, given: GivenModel | null): Promise<Result<WrittenText>> {
  try {
    return await write(job, request, given)
  } catch (error) {
    if (error instanceof IssueError) return failure(...error.issues)
    return failure(issue('run-crashed', [], { reason: error instanceof Error ? error.message : String(error) }))
  }
}

async function write(job: TrainingJob, { prompt, ...request }: TextRequest, given: GivenModel | null): Promise<Result<WrittenText>> {
  const { document, runId } = job
  const data = await loadDataset(document.dataset, { baseDirectory: job.baseDirectory, resourcesDirectory: job.resourcesDirectory, seed: document.seed })
  if (!data.ok) return data
  if (job.dataHash !== null && data.value.contentHash !== job.dataHash) return failure(issue('run-data-changed', ['dataset'], { run: runId }))
  const codec = textCodec(document, data.value)
  if (codec === null) return failure(issue('text-none', [], { run: runId }))
  const codes = encodeText(codec, prompt)
  if (!codes.ok) return codes
  const plan = buildPlan(document, { sample: data.value.sampleShape, target: data.value.target })
  if (!plan.ok) return plan
  const model = given ?? (await savedModel(job))
  if (model === null) return failure(issue('text-untrained', [], { run: runId }))
  const opened = await openProgram(sampleProgram(plan.value), model.views, new Map(), job)
  if (!opened.ok) return opened
  const { execution, dispose } = opened.value
  try {
    // Models that answer after whole windows only read the held-out text's beginning before a short prompt.
    const alone = codec.everywhere && codes.value.length > 0
    const context = alone ? codes.value : [...heldOutBeginning(shownPart(data.value).part, codec), ...codes.value]
    const written = await writeOn({ plan: plan.value, answer: async (sample) => await answerSample(execution, sample) }, codec, { ...request, context })
    return success({ step: model.step, prompt: decodeText(codes.value.length > 0 ? codes.value : context.slice(-BEFORE), codec), written })
  } finally {
    await dispose()
  }
}

async function savedModel({ checkpoint, artifactsDirectory }: TrainingJob): Promise<GivenModel | null> {
  return checkpoint === null ? null : decodeCheckpoint(await new ArtifactStore(artifactsDirectory).read(checkpoint), checkpoint)
}
