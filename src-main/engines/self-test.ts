import type { Program, RowInput, StateEntry, StepInput } from '@shared/compile/program'
import {
  add, argMax, avgPool2d, cast, conv2d, div, equal, evaluateGraph, Graph, gradients, greater, logSoftmax, matmul, maxPool2d, mul, neg, oneHot,
  randomBits, reduceMean, reduceSum, relu, reshape, sizeOf, sqrt, sub, tanh, variance,
} from '@shared/graph'
import type { Shape, Tensor, Values } from '@shared/graph'
import { messageOf } from '@shared/lib/message-of'
import { randomSource } from '@shared/lib/random'
import { issue, type Issue } from '@shared/spec/issue'
import type { Engine, SessionOptions, StepBatch, StepOutputs } from './engine'

const BATCH = 4
const ROWS = 10
const CLASSES = 3
const STEPS = 3
const CHANNELS = 3
/** Height and width of the images; of what the pools leave. */
const SIZE = 5
const POOLED = 2

/** Float32 results may differ from the float64 reference by this much, absolutely and relative to the reference. */
const TOLERANCE = 2e-5

const STATE: Readonly<Record<string, Shape>> = {
  'conv.kernel': [CHANNELS, 2, 3, 3],
  'norm.scale': [CHANNELS],
  'norm.mean': [CHANNELS],
  'hidden.kernel': [CHANNELS * POOLED ** 2, 8],
  'output.kernel': [8, CLASSES],
  'output.bias': [CLASSES],
}

/**
 * Trains a small network for a few steps on a device and compares losses and weights with the float64 reference.
 * None where they agree; otherwise what went wrong.
 */
export async function selfTest(open: Engine['open'], device: string): Promise<readonly Issue[]> {
  try {
    const found = await runOn(open, device)
    const expected = interpret(selfTestProgram(), 'train', selfTestOptions(device), selfTestBatch())
    const difference = compare(found.outputs, expected.outputs) ?? compare(found.state, expected.state)
    return difference === null ? [] : [difference]
  } catch (error) {
    return [issue('engine-self-test-stopped', [], { reason: messageOf(error) })]
  }
}

/** Losses by step, and the state after the last one. */
export interface SelfTestResult {
  readonly outputs: Readonly<Record<string, ArrayLike<number>>>
  readonly state: Readonly<Record<string, ArrayLike<number>>>
}

async function runOn(open: Engine['open'], device: string): Promise<SelfTestResult> {
  const session = await open(selfTestOptions(device))
  try {
    const execution = await session.prepare(selfTestProgram(), 'train')
    const outputs: StepOutputs = await execution.run(selfTestBatch())
    const copies = Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, values.slice()]))
    return { outputs: copies, state: Object.fromEntries(await session.readState()) }
  } finally {
    await session.dispose()
  }
}

function compare(found: SelfTestResult['state'], expected: SelfTestResult['state']): Issue | null {
  for (const [name, wanted] of Object.entries(expected)) {
    const got = found[name]
    if (got?.length !== wanted.length) return issue('engine-self-test-length', [], { value: name, found: got?.length ?? 0, expected: wanted.length })
    for (let at = 0; at < wanted.length; at++) {
      const agrees = Math.abs(got[at] - wanted[at]) <= TOLERANCE * (1 + Math.abs(wanted[at]))
      if (!agrees) return issue('engine-self-test-value', [], { value: `${name}[${at}]`, found: String(got[at]), expected: wanted[at] })
    }
  }
  return null
}

/**
 * Convolution, normalization over the batch, overlapping max pooling, average pooling, dropout, two dense layers,
 * cross-entropy; trained by gradient descent.
 */
export function selfTestProgram(): Program {
  const graph = new Graph()
  const features = graph.input('features', 'float32', [BATCH, 2, SIZE, SIZE])
  const targets = graph.input('targets', 'int32', [BATCH])
  const learningRate = graph.input('learningRate', 'float32', [])
  const key = graph.input('dropout', 'int32', [2])
  const state = new Map(Object.entries(STATE).map(([name, shape]) => [name, graph.input(name, 'float32', shape)]))
  const of = (name: string): Tensor => state.get(name)! // Named as in STATE, just above.

  const convolved = conv2d(features, of('conv.kernel'), { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], groups: 1 })
  const mean = reduceMean(convolved, { axes: [0, 2, 3], keepDims: true })
  const deviation = sqrt(add(variance(convolved, { axes: [0, 2, 3], keepDims: true }), 1e-3))
  const normal = mul(div(sub(convolved, mean), deviation), reshape(of('norm.scale'), [1, CHANNELS, 1, 1]))
  const pooled = maxPool2d(relu(normal), { kernel: [3, 3], strides: [1, 1], pads: [0, 0, 0, 0] })
  const averaged = avgPool2d(pooled, { kernel: [2, 2], strides: [1, 1], pads: [0, 0, 0, 0], countIncludePad: true })
  const flat = reshape(averaged, [BATCH, CHANNELS * POOLED ** 2])
  const kept = cast(greater(randomBits(key, [BATCH, CHANNELS * POOLED ** 2]), graph.scalar(-0x40000000, 'int32')), 'float32')
  const hidden = tanh(matmul(mul(flat, kept), of('hidden.kernel')))
  const logits = add(matmul(hidden, of('output.kernel')), of('output.bias'))
  const likelihood = reduceSum(mul(oneHot(targets, CLASSES), logSoftmax(logits)), { axes: [1] })
  const loss = neg(reduceMean(likelihood, { axes: [0] }))
  const accuracy = reduceMean(cast(equal(argMax(logits, { axis: 1 }), targets), 'float32'), { axes: [0] })

  const trained = Object.keys(STATE).filter((name) => name !== 'norm.mean')
  const next = new Map(gradients(loss, trained.map(of)).map((gradient, index) => [trained[index], sub(of(trained[index]), mul(gradient, learningRate))]))
  next.set('norm.mean', add(mul(of('norm.mean'), 0.9), mul(reshape(mean, [CHANNELS]), 0.1)))

  return {
    kind: 'train',
    batchSize: BATCH,
    graph,
    state: Object.entries(STATE).map(([name, shape]): StateEntry => ({ name, shape, views: [{ name, shape, offset: 0 }], tensor: of(name), next: next.get(name) ?? null })),
    rows: [{ table: 'features', tensor: features }, { table: 'targets', tensor: targets }] satisfies RowInput[],
    steps: [
      { source: { kind: 'optimizer', scalar: 'learningRate' }, name: 'learningRate', dtype: 'float32', shape: [], tensor: learningRate },
      { source: { kind: 'random', stream: 'dropout' }, name: 'dropout', dtype: 'int32', shape: [2], tensor: key },
    ] satisfies StepInput[],
    outputs: [{ name: 'loss', tensor: loss }, { name: 'accuracy', tensor: accuracy }],
  }
}

/** Tables and initial state, the same at every call. */
export function selfTestOptions(device: string): SessionOptions {
  const random = randomSource('self-test')
  const normals = (shape: Shape, scale: number): Float32Array => Float32Array.from({ length: sizeOf(shape) }, () => scale * random.normal())
  return {
    device,
    threads: 1,
    tables: new Map([
      ['train.features', { rows: ROWS, rowShape: [2, SIZE, SIZE], data: normals([ROWS, 2, SIZE, SIZE], 1) }],
      ['train.targets', { rows: ROWS, rowShape: [], data: Int32Array.from({ length: ROWS }, () => random.integer(CLASSES)) }],
    ]),
    state: Object.entries(STATE).map(([name, shape]) => ({ entry: { name, shape }, value: normals(shape, 0.3) })),
  }
}

export function selfTestBatch(): StepBatch {
  const random = randomSource('self-test', 'batch')
  return {
    count: STEPS,
    rows: Int32Array.from({ length: STEPS * BATCH }, () => random.integer(ROWS)),
    inputs: { learningRate: Float32Array.from({ length: STEPS }, () => 0.25), dropout: Int32Array.from({ length: STEPS * 2 }, () => random.bits()) },
  }
}

/** The same steps in the float64 interpreter, from the options' state. */
export function interpret(program: Program, part: string, options: SessionOptions, batch: StepBatch): SelfTestResult {
  const state = new Map<string, Float64Array>(options.state.map(({ entry, value }) => [entry.name, Float64Array.from(value)]))
  const outputs = new Map(program.outputs.map(({ name }) => [name, [] as number[]]))
  const advanced = program.state.flatMap(({ name, next }) => (next ? [{ name, next }] : []))
  for (let step = 0; step < batch.count; step++) {
    const values = evaluateGraph([...program.outputs.map(({ tensor }) => tensor), ...advanced.map(({ next }) => next)], feedsOf(program, part, options, state, batch, step))
    program.outputs.forEach(({ name }, index) => outputs.get(name)?.push(...values[index].data))
    advanced.forEach(({ name }, index) => state.set(name, values[program.outputs.length + index].data))
  }
  return { outputs: Object.fromEntries(outputs), state: Object.fromEntries(state) }
}

function feedsOf(program: Program, part: string, { tables }: SessionOptions, state: ReadonlyMap<string, Float64Array>, batch: StepBatch, step: number): Map<string, Values> {
  const feeds = new Map<string, Values>()
  const feed = (tensor: Tensor, data: ArrayLike<number>): void => {
    feeds.set(String(tensor.attrs.name), { shape: tensor.shape, data: Float64Array.from(data) })
  }
  for (const { name, tensor } of program.state) feed(tensor, state.get(name) ?? [])
  for (const { name, shape, tensor } of program.steps) feed(tensor, batch.inputs[name].subarray(step * sizeOf(shape), (step + 1) * sizeOf(shape)))
  const numbers = batch.rows.subarray(step * program.batchSize, (step + 1) * program.batchSize)
  for (const { table, tensor } of program.rows) {
    const { data } = tables.get(`${part}.${table}`) ?? { data: new Float32Array() }
    const width = sizeOf(tensor.shape) / program.batchSize
    feed(tensor, [...numbers].flatMap((row) => [...data.subarray(row * width, (row + 1) * width)]))
  }
  return feeds
}
