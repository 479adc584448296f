import type { TrainedModel } from '@main/core/exports'
import { buildPlan, initialState, splitViews, trainProgram } from '@shared/compile'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import { sizeOf, type Shape } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import type { PreparedData } from '@shared/data/types'
import { need, parseDocument, type ExperimentDocument } from '@shared/spec'

export interface Sketch {
  readonly nodes: readonly object[]
  readonly edges?: readonly (readonly [string, string])[]
  readonly sample: Shape
  readonly target?: TargetInfo
  readonly loss?: object
  /** Features are numbers 0 … vocabulary − 1. */
  readonly vocabulary?: number
}

const CLASSES: TargetInfo = { kind: 'class', classes: 3, classNames: ['ant', 'bee', 'cat'] }

/** A model as if it had been trained: initial weights, and statistics and biases that are not trivial. */
export function trainedModel({ nodes, edges, sample, target = CLASSES, loss = { type: 'categoricalCrossentropy' } }: Sketch): TrainedModel {
  const document = need(parseDocument({
    format: 1,
    name: 'Sketch: 3×4 “test”',
    note: 'made by a test',
    dataset: { type: 'digits' },
    model: { nodes, ...(edges === undefined ? {} : { edges }) },
    training: { loss, optimizer: { type: 'sgd' }, epochs: 1, batchSize: 4 },
  }))
  return modelOf(document, {
    sampleShape: sample,
    target,
    preprocessing: { kind: 'dense', shape: sample, shift: [0], scale: [1 / 16] },
    targetPreprocessing: target.kind === 'value' ? { shift: new Array<number>(sizeOf(target.shape)).fill(2), scale: new Array<number>(sizeOf(target.shape)).fill(0.5) } : null,
  })
}

/** A document's model on such data, as `trainedModel` makes it. */
export function modelOf(document: ExperimentDocument, { sampleShape, target, preprocessing, targetPreprocessing }: Pick<PreparedData, 'sampleShape' | 'target' | 'preprocessing' | 'targetPreprocessing'>): TrainedModel {
  const plan = need(buildPlan(document, { sample: sampleShape, target }))
  const { state } = trainProgram(plan, 4)
  const views = splitViews(state, initialState(plan, state, 7))
  const shapes = new Map(state.flatMap((entry) => entry.views.map((view) => [view.name, view.shape] as const)))
  const wanted = [...plan.layout.weights, ...plan.layout.statistics].map(({ fullName }) => fullName)
  return {
    runId: '20261122-0631-abc4',
    name: document.name,
    version: '0.1.0',
    document,
    documentHash: 'd'.repeat(64),
    datasetHash: 'e'.repeat(64),
    step: 12,
    plan,
    target,
    preprocessing,
    targetPreprocessing,
    state: wanted.map((name) => ({ name, shape: shapes.get(name) ?? [], data: varied(name, views.get(name) ?? new Float32Array(0)) })),
  }
}

/** Biases and statistics differ from element to element; variances stay positive. */
function varied(name: string, data: Float32Array): Float32Array {
  const random = randomSource(11, name)
  if (/Variance$/.test(name)) return data.map(() => 0.5 + random.uniform())
  return data.every((value) => value === data[0]) ? data.map((value) => value + 0.3 * random.normal()) : Float32Array.from(data)
}

/** Features of so many rows, of either sign. */
export function drawFeatures(model: TrainedModel, rows: number, { vocabulary }: Pick<Sketch, 'vocabulary'> = {}): Float32Array {
  const random = randomSource(13, rows)
  if (vocabulary !== undefined) return Float32Array.from({ length: rows * sizeOf(model.plan.data.sample) }, () => Math.floor(random.uniform() * vocabulary))
  return Float32Array.from({ length: rows * sizeOf(model.plan.data.sample) }, () => random.normal())
}
