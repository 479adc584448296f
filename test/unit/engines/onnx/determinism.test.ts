import { describe, expect, test } from 'vitest'
import { onnxEngine } from '@main/engines/onnx'
import type { Program } from '@shared/compile/program'
import { cast, conv2d, gather, Graph, gradients, maxPool2d, mul, reduceMean, relu, reshape, sub, tanh } from '@shared/graph'
import type { Shape, Tensor } from '@shared/graph'
import { randomSource } from '@shared/lib/random'

const BATCH = 16
const ROWS = 40
const STEPS = 6
const STATE: Readonly<Record<string, Shape>> = { first: [32, 1, 3, 3], second: [32, 32, 3, 3], table: [7, 512] }
const WINDOW = { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], groups: 1 }

/** Large enough that operators split their work over threads: convolutions in the blocked layout, a disjoint and an
 *  overlapping pool, and rows gathered many times each, whose gradients collide. */
function program(): Program {
  const graph = new Graph()
  const features = graph.input('features', 'float32', [BATCH, 1, 16, 16])
  const state = new Map(Object.entries(STATE).map(([name, shape]) => [name, graph.input(name, 'float32', shape)]))
  const of = (name: string): Tensor => state.get(name)! // Named as in STATE, just above.
  const hidden = maxPool2d(relu(conv2d(features, of('first'), WINDOW)), { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] })
  const pooled = maxPool2d(relu(conv2d(hidden, of('second'), WINDOW)), { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] })
  const numbers = cast(mul(relu(tanh(reshape(features, [BATCH * 256]))), 6.9), 'int32')
  const rows = gather(of('table'), numbers)
  const loss = sub(reduceMean(mul(pooled, pooled), { axes: [0, 1, 2, 3] }), reduceMean(mul(rows, rows), { axes: [0, 1] }))
  const names = Object.keys(STATE)
  const next = gradients(loss, names.map(of)).map((gradient, at) => sub(of(names[at]), mul(gradient, 0.1)))
  return {
    kind: 'train',
    batchSize: BATCH,
    graph,
    state: names.map((name, at) => ({ name, shape: STATE[name], views: [{ name, shape: STATE[name], offset: 0 }], tensor: of(name), next: next[at] })),
    rows: [{ table: 'features', tensor: features }],
    steps: [],
    outputs: [{ name: 'loss', tensor: loss }],
  }
}

async function train(groups: readonly number[], threads: number): Promise<string> {
  const random = randomSource('determinism')
  const normals = (shape: Shape): Float32Array => Float32Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, () => 0.2 * random.normal())
  const tables = new Map([['train.features', { rows: ROWS, rowShape: [1, 16, 16], data: normals([ROWS, 1, 16, 16]).map((value) => 10 * value) }]])
  const state = Object.entries(STATE).map(([name, shape]) => ({ entry: { name, shape }, value: normals(shape) }))
  const rows = Int32Array.from({ length: STEPS * BATCH }, () => random.integer(ROWS))
  const session = await onnxEngine.open({ device: 'onnx-cpu', threads, tables, state })
  try {
    const execution = await session.prepare(program(), 'train')
    const losses: number[] = []
    let start = 0
    for (const count of groups) {
      losses.push(...(await execution.run({ count, rows: rows.slice(start * BATCH, (start + count) * BATCH), inputs: {} })).loss)
      start += count
    }
    expect(losses.every(Number.isFinite)).toBe(true)
    return [Float32Array.from(losses), ...(await session.readState()).values()].map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex')).join()
  } finally {
    await session.dispose()
  }
}

describe.each([1, 2])('with %i threads', (threads) => {
  test('a convolutional network gives the same bytes every time, however its steps are grouped', async () => {
    const together = await train([STEPS], threads)
    expect(await train([STEPS], threads)).toBe(together)
    expect(await train([1, 1, 1, 1, 1, 1], threads)).toBe(together)
    expect(await train([4, 2], threads)).toBe(together)
  })
})
