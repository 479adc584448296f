import { encodeCheckpoint } from '@main/worker/checkpoint'
import type { HistoryApi } from '@main/core/history'
import { documentHash } from '@main/core/training/hash'
import { buildPlan, initialState, splitViews, trainProgram } from '@shared/compile'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import { randomSource } from '@shared/lib/random'
import { need, parseDocument } from '@shared/spec'

const HOSTILE_NAME = `<img src=x onerror="alert(1)"> & 'run'`

const TARGET: TargetInfo = { kind: 'class', classes: 3, classNames: ['<b>ant</b>', 'bee', 'cat'] }

/** Points of one chunk and more, so that borders are crossed. */
export const STEPS = 2500

/** A run as training would have recorded it: points, events, checkpoints, and names that mean harm. */
export async function recordRun(history: HistoryApi, options: { readonly status?: 'done' | 'running' } = {}): Promise<string> {
  const document = need(parseDocument({
    format: 1,
    name: HOSTILE_NAME,
    seed: 7,
    dataset: { type: 'iris' },
    model: { nodes: [{ type: 'dense', units: 4, activation: 'relu' }, { type: 'batchNormalization' }, { type: 'dense', units: 3, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'confusionMatrix'], optimizer: { type: 'adam' }, schedule: 'cosine', epochs: 5 },
  }))
  const id = history.createRun({
    name: HOSTILE_NAME,
    // Spaces and order of keys are kept: the text is the person's.
    document: JSON.stringify(document, null, 1),
    documentHash: documentHash(document),
    datasetHash: 'e'.repeat(64),
    environment: { engine: 'onnx', device: 'onnx-cpu', threads: 2, versions: { descent: '0.1.0', onnx: '1.30.0' } },
    seed: 7,
    tags: ['baseline', 'a "tag"'],
    group: 'seeds',
    color: '#0072b2',
    note: '</script><script>alert(2)</script>\nsecond line',
  })
  history.updateRun(id, { status: 'running' })
  const random = randomSource(5)
  const facts = {
    sampleShape: [4],
    target: TARGET,
    rows: { train: 120, validation: 30, test: 0 },
    contentHash: 'e'.repeat(64),
    preprocessing: { kind: 'columns', columns: ['a', 'b', 'c', 'd'].map((name) => ({ kind: 'numeric', name, fill: null, shift: 1.5, scale: 0.3 })) },
    targetPreprocessing: null,
    parameters: 43,
    stepsPerEpoch: 500,
    totalSteps: STEPS,
    batchSize: 32,
    device: 'onnx-cpu',
    engineVersion: '1.30.0',
    threads: 2,
    preparation: { data: 1, compile: 2, engine: 3 },
  }
  history.appendEvents(id, [
    { kind: 'origin', step: 0, time: 0, data: { baseDirectory: '/somewhere/else', stepsPerDispatch: null, snapshots: true } },
    { kind: 'prepared', step: 0, time: 0, data: facts as never },
    { kind: 'hyperparameters', step: 600, time: 0.5, data: { learningRate: 0.01, factor: 10 } },
    { kind: 'pause', step: 700, time: 0.6, data: null },
    { kind: 'resume', step: 700, time: 0.6, data: null },
  ])
  const steps = Array.from({ length: STEPS }, (_, at) => at + 1)
  // Not float32, not finite here and there.
  const values = (odd: number): number[] => steps.map((step) => (step % 997 === odd ? [Number.NaN, Infinity, -Infinity][step % 3] : Math.exp(-step / 700) + random.uniform() / 3))
  history.appendPoints(id, {
    steps,
    times: steps.map((step) => 0.001 * step + 1e-5 * random.uniform()),
    columns: { 'train.loss': values(1), 'train.accuracy': steps.map((step) => Math.fround(step / STEPS)), learningRate: steps.map(() => 0.001) },
    progress: { steps: STEPS, epochs: 5, samples: 600, seconds: 2.5 },
  })
  for (let epoch = 1; epoch <= 5; epoch++) {
    history.appendPoints(id, { steps: [epoch * 500], times: [epoch * 0.5], columns: { 'val.loss': [1 / epoch], 'val.accuracy': [1 - 0.1 / epoch] } })
    history.appendEvents(id, [{ kind: 'evaluation', step: epoch * 500, time: epoch * 0.5, data: { key: 'val.confusionMatrix', matrix: { rows: 3, columns: 3, data: [9, 1, 0, 0, 10, 0, epoch, 0, 10 - epoch] } } }])
  }
  const plan = need(buildPlan(document, { sample: facts.sampleShape, target: TARGET }))
  const { state } = trainProgram(plan, 4)
  const shapes = new Map(state.flatMap((entry) => entry.views.map((view) => [view.name, view.shape] as const)))
  for (const step of [1000, STEPS]) {
    const views = splitViews(state, initialState(plan, state, step))
    const content = encodeCheckpoint({ step, seconds: step / 1000, rateChanges: [], sums: { samples: 0, loss: 0, vectors: {} }, scheduleMemory: [], stopping: [], best: null, final: { 'val.loss': 0.2 }, views }, shapes)
    const stored = await history.artifacts.put(content)
    history.addArtifact(id, { kind: 'checkpoint', step, epoch: step / 500, ...stored, label: 'schedule' })
  }
  if (options.status !== 'running') {
    history.updateRun(id, { status: 'done' })
    history.appendEvents(id, [{ kind: 'finished', step: STEPS, time: 2.5, data: { scheduleMemory: [], stopping: [], best: null, final: { 'val.loss': 0.2, 'val.accuracy': null } } }])
  }
  return id
}
