import { Tensor } from 'onnxruntime-node'
import type { InferenceSession } from 'onnxruntime-node'
import { conv2d, Graph, gradients, maxPool2d, mul, reduceSum, relu } from '@shared/graph'
import type { Tensor as GraphTensor } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { Emitter } from './lowerings/emitter'
import type { LoweringTable } from './lowerings/plan'
import { emitLowerings, planLowerings } from './lowerings/plan'
import { FULL_TABLE, PLAIN_TABLE } from './lowerings/table'
import { CONTRIB_DOMAIN, encodeModel, NCHWC_DOMAIN, OnnxGraph } from './model'
import { createSession } from './runtime'

const LARGEST_BLOCK = 16
/** Blocked and plain sums differ in order alone. */
const TOLERANCE = 1e-4

let known: Promise<number | null> | undefined

/**
 * Channels to a block in the blocked layout: 16 with AVX-512, 8 with AVX2. Null where the runtime has no such operators
 * or they do not compute what the plain ones do: they are internal to it, so they are tried before they are used.
 */
export function blockSize(): Promise<number | null> {
  return (known ??= probe())
}

async function probe(): Promise<number | null> {
  try {
    const block = await findBlock()
    return block > 1 && (await agrees(block)) ? block : null
  } catch {
    return null
  }
}

/** Reorders images with channels 0, 2, 4, … at their first pixel and counts how many come together. */
async function findBlock(): Promise<number> {
  const model = new OnnxGraph('block')
  const images = model.input('x', 'float32', [1, LARGEST_BLOCK, 1, 2])
  const reordered = model.node('ReorderInput', [images], {}, { domain: NCHWC_DOMAIN })
  model.output(model.node('Reshape', [reordered, model.constant('int64', [-1], [1])]), 'float32', [2 * LARGEST_BLOCK], 'y')
  const ramp = Float32Array.from({ length: 2 * LARGEST_BLOCK }, (_, at) => at)
  const [found] = await evaluate(encodeModel(model, { domains: [NCHWC_DOMAIN] }), { x: new Tensor('float32', ramp, [1, LARGEST_BLOCK, 1, 2]) }, ['y'])
  const block = found.findIndex((value, at) => value !== 2 * at)
  return block < 0 ? LARGEST_BLOCK : Math.min(block, LARGEST_BLOCK)
}

/** Compares convolutions, a pool and all their gradients in both layouts. */
async function agrees(block: number): Promise<boolean> {
  const { graph, outputs } = sampleGraph(block)
  const random = randomSource('blocked layout')
  const feeds = Object.fromEntries(
    [...graph.inputs].map(([name, { shape }]): [string, Tensor] => {
      const size = shape.reduce((product, extent) => product * extent, 1)
      return [name, new Tensor('float32', Float32Array.from({ length: size }, () => random.normal()), shape)]
    }),
  )
  const names = outputs.map((_, at) => `y${at}`)
  const [plain, blocked] = [await evaluate(sampleModel(graph, outputs, PLAIN_TABLE, null), feeds, names), await evaluate(sampleModel(graph, outputs, FULL_TABLE, block), feeds, names)]
  return plain.every((values, output) => {
    const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
    return values.every((value, at) => Math.abs(value - blocked[output][at]) <= TOLERANCE * scale)
  })
}

/** Two convolutions, of which the first has few input channels, relu, a pool, and the gradients of a weighted sum. */
function sampleGraph(block: number): { readonly graph: Graph; readonly outputs: GraphTensor[] } {
  const graph = new Graph()
  const images = graph.input('images', 'float32', [block, 1, 6, 6])
  const filters = [graph.input('first', 'float32', [block, 1, 3, 3]), graph.input('second', 'float32', [block, block, 3, 3])]
  const weights = graph.input('weights', 'float32', [block, block, 3, 3])
  const options = { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], groups: 1 }
  const hidden = relu(conv2d(images, filters[0], options))
  const pooled = maxPool2d(relu(conv2d(hidden, filters[1], options)), { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] })
  return { graph, outputs: [pooled, ...gradients(reduceSum(mul(pooled, weights), { axes: [0, 1, 2, 3] }), filters)] }
}

function sampleModel(graph: Graph, outputs: readonly GraphTensor[], table: LoweringTable, block: number | null): Uint8Array {
  const model = new OnnxGraph('sample')
  const emitter = new Emitter(model, table, block)
  for (const [name, input] of graph.inputs) emitter.bind(input, model.input(name, 'float32', input.shape))
  emitLowerings(emitter, planLowerings(outputs, table), outputs)
  outputs.forEach((output, at) => model.output(emitter.value(output), 'float32', output.shape, `y${at}`))
  return encodeModel(model, { domains: [CONTRIB_DOMAIN, NCHWC_DOMAIN] })
}

async function evaluate(model: Uint8Array, feeds: InferenceSession.FeedsType, names: readonly string[]): Promise<Float32Array[]> {
  const session = await createSession(model, { provider: 'cpu', threads: 1 })
  try {
    const results = await session.run(feeds)
    return names.map((name) => results[name].data as Float32Array)
  } finally {
    await session.release()
  }
}
