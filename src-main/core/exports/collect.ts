import { z } from 'zod'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import { buildPlan, modelNames, type TrainingPlan } from '@shared/compile'
import type { FittedPreprocessing, FittedTargets } from '@shared/data/types'
import { sizeOf, type Shape } from '@shared/graph'
import { decodeSafetensors } from '@shared/lib/safetensors'
import { parseDocumentText } from '@shared/spec'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { Artifact, HistoryApi } from '@main/core/history'
import type { NamedState, TrainedModel } from './exporter'

const shape = z.array(z.int().min(0))
const numbers = z.array(z.number())
const names = z.array(z.string())

const target: z.ZodType<TargetInfo> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('class'), classes: z.int().min(1), classNames: names, positions: z.int().min(1).optional() }),
  z.object({ kind: z.literal('value'), shape, names, means: numbers.optional() }),
])

const column = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('numeric'), name: z.string(), fill: z.number().nullable(), shift: z.number(), scale: z.number() }),
  z.object({ kind: z.literal('oneHot'), name: z.string(), categories: names }),
])

const preprocessing: z.ZodType<FittedPreprocessing> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('columns'), columns: z.array(column) }),
  z.object({ kind: z.literal('dense'), shape, shift: numbers, scale: numbers }),
])

const targetPreprocessing: z.ZodType<FittedTargets> = z.object({ shift: numbers, scale: numbers })

/** What an export needs of the facts that a run recorded when it was prepared. */
export const factsSchema = z.object({ sampleShape: shape, target, preprocessing, targetPreprocessing: targetPreprocessing.nullable(), feature: shape.optional() })

type Facts = z.output<typeof factsSchema>

/** The model of a run at its latest checkpoint, or at the newest one that is not after `step`. */
export async function collectModel(history: HistoryApi, runId: string, step: number = Number.POSITIVE_INFINITY): Promise<Result<TrainedModel>> {
  const run = history.getRun(runId)
  if (run === null) return failure(issue('run-unknown', [], { run: runId }))
  const document = parseDocumentText(run.document)
  if (!document.ok) return document
  const facts = readFacts(history, runId)
  const checkpoint = history.listArtifacts(runId, 'checkpoint').find((each) => each.step <= step)
  if (facts === null || checkpoint === undefined) return failure(issue('export-no-checkpoint', [], { run: runId }))
  const plan = buildPlan(document.value, { sample: facts.sampleShape, target: facts.target })
  if (!plan.ok) return plan
  const state = await readState(history, checkpoint, plan.value)
  if (!state.ok) return state
  return success({
    runId,
    name: run.name,
    version: run.environment.versions.descent ?? '',
    document: document.value,
    documentHash: run.documentHash,
    datasetHash: run.datasetHash,
    step: checkpoint.step,
    plan: plan.value,
    target: facts.target,
    preprocessing: facts.preprocessing,
    targetPreprocessing: facts.targetPreprocessing,
    state: state.value,
  })
}

function readFacts(history: HistoryApi, runId: string): Facts | null {
  const event = history.readEvents(runId, { kinds: ['prepared'] }).at(-1)
  return event === undefined ? null : factsSchema.parse(event.data)
}

async function readState(history: HistoryApi, { hash }: Artifact, plan: TrainingPlan): Promise<Result<NamedState[]>> {
  const file = decodeSafetensors(await history.artifacts.read(hash))
  if (!file.ok) return file
  const stored = new Map(file.value.tensors.map((tensor) => [tensor.name, tensor.data]))
  const { layout } = plan
  const names = modelNames(plan)
  const wanted: readonly { readonly fullName: string; readonly shape: Shape }[] = [...layout.weights, ...layout.statistics]
  const state: NamedState[] = []
  for (const { fullName, shape } of wanted) {
    const data = stored.get(names.get(fullName) ?? fullName)
    if (!(data instanceof Float32Array) || data.length !== sizeOf(shape)) return failure(issue('export-checkpoint-mismatch', [], { hash, tensor: fullName }))
    state.push({ name: fullName, shape, data })
  }
  return success(state)
}
