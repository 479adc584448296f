import { describe, expect, test } from 'vitest'
import { add, concat, evaluateGraph, Graph, matmul, mul, scan, scatterAdd, slice, tanh, type Tensor, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { FUSIONS } from '@main/engines/onnx/lowerings/fusions'
import { Emitter } from '@main/engines/onnx/lowerings/emitter'
import { Uses } from '@main/engines/onnx/lowerings/lowering'
import { emitLowerings, planLowerings } from '@main/engines/onnx/lowerings/plan'
import { DEVICE_TABLE, FULL_TABLE } from '@main/engines/onnx/lowerings/table'
import { OnnxGraph } from '@main/engines/onnx/model'
import { executeFloat32 } from '@test/unit/catalog/float32'

function normal(shape: readonly number[]): Values {
  const random = randomSource(5, ...shape)
  return { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.fround(random.normal())) }
}

/** Name of the fusion that takes a tensor, when `outputs` are asked for. */
function fusionOf(tensor: Tensor, outputs: readonly Tensor[]): string | undefined {
  const uses = new Uses(outputs)
  return FUSIONS.find((fusion) => fusion.ops.includes(tensor.op) && fusion.match(tensor, uses) !== null)?.name
}

async function expectReference(graph: Graph, outputs: readonly Tensor[], feeds: ReadonlyMap<string, Values>): Promise<void> {
  const expected = evaluateGraph(outputs, feeds)
  const found = await executeFloat32(graph, [...outputs], feeds)
  found.forEach((value, at) => {
    expect(value.shape).toEqual(expected[at].shape)
    value.data.forEach((each, element) => expect(Math.abs(each - expected[at].data[element])).toBeLessThan(1e-5))
  })
}

describe('slices of one tensor', () => {
  const pieces = (x: Tensor, starts: readonly number[], sizes: readonly number[]): Tensor[] => starts.map((start, at) => slice(x, { starts: [0, start], sizes: [3, sizes[at]] }))

  test('that cover it in order of an axis are one Split, in whatever order they are made', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3, 9])
    const [last, first, middle] = pieces(x, [5, 0, 2], [4, 2, 3])
    const outputs = [concat([middle, last, first], 1), mul(first, 2)]
    expect([first, middle, last].map((each) => fusionOf(each, outputs))).toEqual(['splitSlices', 'splitSlices', 'splitSlices'])
    await expectReference(graph, outputs, new Map([['x', normal([3, 9])]]))
  })

  test.each([
    ['a gap', [0, 5], [4, 4]],
    ['an overlap', [0, 4], [5, 5]],
    ['a rest', [0, 4], [4, 4]],
  ])('%s keeps them apart', async (_name, starts, sizes) => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3, 9])
    const [a, b] = pieces(x, starts, sizes)
    const outputs = [add(slice(a, { starts: [0, 0], sizes: [3, 4] }), slice(b, { starts: [0, 0], sizes: [3, 4] }))]
    expect(fusionOf(a, outputs)).not.toBe('splitSlices')
    await expectReference(graph, outputs, new Map([['x', normal([3, 9])]]))
  })
})

describe('rows added at numbers', () => {
  test('into few rows are one product; repeated numbers add up, rows without one are zero', async () => {
    const graph = new Graph()
    const numbers = graph.input('numbers', 'int32', [4, 20])
    const updates = graph.input('updates', 'float32', [4, 20, 16])
    const sums = scatterAdd(numbers, updates, 7)
    expect(fusionOf(sums, [sums])).toBe('scatterByProduct')
    const feeds = new Map([['numbers', { shape: [4, 20], data: Float64Array.from({ length: 80 }, (_, at) => (at * 5) % 6) }], ['updates', normal([4, 20, 16])]])
    await expectReference(graph, [sums], feeds)
  })

  test('into many rows, or few of them, are added one by one', () => {
    const graph = new Graph()
    const numbers = graph.input('numbers', 'int32', [80])
    const many = scatterAdd(numbers, graph.input('updates', 'float32', [80, 16]), 1000)
    const narrow = scatterAdd(numbers, graph.input('narrow', 'float32', [80, 2]), 7)
    expect([fusionOf(many, [many]), fusionOf(narrow, [narrow])]).toEqual([undefined, undefined])
  })
})

describe('a scan', () => {
  const build = (steps: number, backward = false) => {
    const graph = new Graph()
    const feeds = new Map([['state', normal([3, 2])], ['weight', normal([3, 3])], ['x', normal([steps, 3, 2])]])
    const [state, weight, x] = [...feeds].map(([name, { shape }]) => graph.input(name, 'float32', shape))
    const { states, outputs } = scan(
      { states: [state, state], sequences: [x], shared: [weight] },
      ({ states: [a, b], sequences: [read], shared: [matrix] }) => {
        const next = tanh(add(matmul(matrix, a), read))
        return { states: [next, add(b, next)], outputs: [mul(next, b), tanh(b), a] }
      },
      { backward },
    )
    return { graph, feeds, states, outputs }
  }

  /** Nodes of the model, and of the first body in it. */
  const nodesOf = (graph: Graph, outputs: readonly Tensor[], table: typeof FULL_TABLE) => {
    const model = new OnnxGraph('test')
    const emitter = new Emitter(model, table)
    for (const [name, tensor] of graph.inputs) emitter.bind(tensor, model.input(name, tensor.dtype, tensor.shape))
    emitLowerings(emitter, planLowerings(outputs, table), outputs)
    const { node } = model.toProto()
    const body = node.flatMap(({ attribute }) => attribute.flatMap(({ g }) => g ?? []))[0]
    return { types: node.map(({ opType }) => opType), body: body === undefined ? [] : body.node.map(({ opType }) => opType) }
  }

  test('is one node that gives what is used and computes what that needs', async () => {
    const { graph, feeds, states, outputs } = build(5)
    const used = [outputs[0], states[1]]
    expect(nodesOf(graph, used, FULL_TABLE)).toEqual({ types: ['Scan'], body: ['Gemm', 'Tanh', 'Add', 'Mul'] })
    await expectReference(graph, used, feeds)
  })

  test.each([false, true])('gives the same from either end (backward: %s)', async (backward) => {
    const { graph, feeds, states, outputs } = build(4, backward)
    await expectReference(graph, [...outputs, ...states], feeds)
  })

  test('on a device is made step by step where it has few', () => {
    const [few, many] = [build(3), build(33)].map(({ graph, outputs }) => nodesOf(graph, [outputs[0]], DEVICE_TABLE).types)
    expect(few.filter((type) => type === 'Tanh')).toHaveLength(3)
    expect(few).not.toContain('Scan')
    expect(many).toEqual(['Scan'])
  })
})
