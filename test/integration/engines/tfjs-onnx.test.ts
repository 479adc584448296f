import { buildPlan, initialState, stepInputs, trainProgram } from '@shared/compile'
import type { Program } from '@shared/compile'
import { sizeOf } from '@shared/graph'
import type { Shape } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { need, parseDocument } from '@shared/spec'
import { describe, expect, test } from 'vitest'
import type { Engine, SessionOptions, StepBatch } from '@main/engines/engine'
import { onnxEngine } from '@main/engines/onnx'
import { interpret } from '@main/engines/self-test'
import type { SelfTestResult } from '@main/engines/self-test'
import { tfjsEngine } from '@main/engines/tfjs'
import { loadNative } from '@main/engines/tfjs/native'

const STEPS = 20
const BATCH = 8
const ROWS = 30
const CLASSES = 4

/** Largest difference of losses and of state between two engines, relative to 1 + |value|, after 20 steps in float32. */
const TOLERANCE = 2e-6

interface Network {
  readonly name: string
  readonly sample: Shape
  readonly model: object
  readonly optimizer: object
}

const dense = { type: 'dense', units: CLASSES, activation: 'softmax' }

const networks: readonly Network[] = [
  {
    name: 'dense layers, batch normalization, dropout',
    sample: [6],
    model: { nodes: [{ type: 'dense', units: 12, activation: 'gelu' }, { type: 'batchNormalization' }, { type: 'dropout', rate: 0.25 }, { type: 'dense', units: 8, activation: 'tanh' }, dense] },
    optimizer: { type: 'adam', learningRate: 0.002 },
  },
  {
    name: 'convolutions, overlapping pools, normalization',
    sample: [2, 9, 8],
    model: {
      nodes: [
        { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2, padding: 'same', activation: 'softplus' },
        { type: 'maxPooling2d', poolSize: 3, strides: 1, padding: 'same' },
        { type: 'batchNormalization' },
        { type: 'conv2d', filters: 4, kernelSize: 2, groups: 2, dilation: 2, activation: 'silu' },
        { type: 'averagePooling2d', poolSize: 2, strides: 1, padding: 'same' },
        { type: 'flatten' },
        dense,
      ],
    },
    optimizer: { type: 'sgd', learningRate: 0.05 },
  },
  {
    name: 'a depthwise block with a skip connection',
    sample: [4, 5, 5],
    model: {
      nodes: [
        { id: 'input', type: 'input' },
        { id: 'depthwise', type: 'depthwiseConv2d', kernelSize: 3, padding: 'same' },
        { id: 'mix', type: 'conv2d', filters: 4, kernelSize: 1, activation: 'elu' },
        { id: 'sum', type: 'add' },
        { id: 'norm', type: 'layerNormalization' },
        { id: 'pool', type: 'globalMaxPooling2d' },
        { id: 'output', ...dense },
      ],
      edges: [['input', 'depthwise'], ['depthwise', 'mix'], ['mix', 'sum'], ['input', 'sum'], ['sum', 'norm'], ['norm', 'pool'], ['pool', 'output']],
    },
    optimizer: { type: 'rmsprop', learningRate: 0.002 },
  },
]

interface Training {
  readonly program: Program
  readonly options: SessionOptions
  readonly batch: StepBatch
}

/** Twenty steps on random rows. */
function trainingOf({ name, sample, model, optimizer }: Network): Training {
  const document = need(parseDocument({ format: 1, name, seed: 5, dataset: { type: 'iris' }, model, training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer, batchSize: BATCH, epochs: 1 } }))
  const plan = need(buildPlan(document, { sample, target: { kind: 'class', classes: CLASSES, classNames: ['a', 'b', 'c', 'd'] } }))
  const program = trainProgram(plan, BATCH)
  const initial = initialState(plan, program.state, 5)
  const random = randomSource('engine against engine', name)
  const features = Float32Array.from({ length: ROWS * sizeOf(sample) }, () => random.normal())
  const targets = Int32Array.from({ length: ROWS }, () => random.integer(CLASSES))
  return {
    program,
    options: {
      device: '',
      threads: 1,
      tables: new Map([['train.features', { rows: ROWS, rowShape: sample, data: features }], ['train.targets', { rows: ROWS, rowShape: [], data: targets }]]),
      state: program.state.map((entry) => ({ entry, value: initial.get(entry.name) ?? new Float32Array() })),
    },
    batch: {
      count: STEPS,
      rows: Int32Array.from({ length: STEPS * BATCH }, () => random.integer(ROWS)),
      inputs: stepInputs(program, 0, STEPS, { seed: 5, optimizer: plan.optimizer, rate: () => plan.optimizer.learningRate }),
    },
  }
}

async function train(engine: Engine, device: string, { program, options, batch }: Training): Promise<SelfTestResult> {
  const session = await engine.open({ ...options, device })
  try {
    const execution = await session.prepare(program, 'train')
    const outputs = Object.entries(await execution.run(batch)).map(([name, values]) => [name, values.slice()] as const)
    return { outputs: Object.fromEntries(outputs), state: Object.fromEntries(await session.readState()) }
  } finally {
    await session.dispose()
  }
}

/** By output and state entry: the largest |a − b| / (1 + |b|). */
function differences(a: SelfTestResult, b: SelfTestResult): Record<string, number> {
  const of = (kind: 'outputs' | 'state'): [string, number][] => Object.entries(b[kind]).map(([name, values]) => {
    const others = a[kind][name]
    expect(others, name).toHaveLength(values.length)
    const off = Array.from(values, (value, at) => Math.abs(others[at] - value) / (1 + Math.abs(value)))
    return [`${kind} ${name}`, Math.max(...off.map((each) => (Number.isNaN(each) ? Infinity : each)))]
  })
  return Object.fromEntries([...of('outputs'), ...of('state')])
}

function beyond(found: Record<string, number>): [string, number][] {
  return Object.entries(found).filter(([, off]) => off > TOLERANCE)
}

describe.each(networks)('$name', (network) => {
  const training = trainingOf(network)
  const reference = interpret(training.program, 'train', training.options, training.batch)

  test('the reference learns', () => {
    const { loss } = reference.outputs
    const mean = (from: number): number => Array.from(loss).slice(from, from + 5).reduce((sum, each) => sum + each / 5, 0)
    expect(mean(STEPS - 5)).toBeLessThan(mean(0))
  })

  test('twenty steps agree between tfjs-cpu, onnx-cpu and the float64 reference', async () => {
    const tfjs = await train(tfjsEngine, 'tfjs-cpu', training)
    const onnx = await train(onnxEngine, 'onnx-cpu', training)
    expect(beyond(differences(tfjs, onnx))).toEqual([])
    expect(beyond(differences(tfjs, reference))).toEqual([])
  })

  test.runIf(loadNative().ok)('and tfjs-tensorflow', async () => {
    expect(beyond(differences(await train(tfjsEngine, 'tfjs-tensorflow', training), reference))).toEqual([])
  })
})
