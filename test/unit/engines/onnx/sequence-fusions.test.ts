import { describe, expect, test } from 'vitest'
import { add, concat, evaluateGraph, Graph, mul, scatterAdd, slice, type Tensor, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { FUSIONS } from '@main/engines/onnx/lowerings/fusions'
import { Uses } from '@main/engines/onnx/lowerings/lowering'
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
