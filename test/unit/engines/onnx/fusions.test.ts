import { describe, expect, test } from 'vitest'
import { Emitter } from '@main/engines/onnx/lowerings/emitter'
import { emitLowerings, planLowerings } from '@main/engines/onnx/lowerings/plan'
import { FULL_TABLE } from '@main/engines/onnx/lowerings/table'
import { OnnxGraph } from '@main/engines/onnx/model'
import { add, avgPool2d, broadcastTo, conv2d, evaluateGraph, exp, Graph, gradients, matmul, maxPool2d, mul, neg, pad, reduceSum, relu, reshape } from '@shared/graph'
import type { Tensor, Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { largestError, runtimeValues } from './runtime-values'

/** Op types of the ONNX nodes that the outputs become, constants and reshapes left out. */
function nodeTypes(graph: Graph, outputs: readonly Tensor[]): string[] {
  const model = new OnnxGraph('test')
  const emitter = new Emitter(model, FULL_TABLE)
  for (const [name, tensor] of graph.inputs) emitter.bind(tensor, model.input(name, tensor.dtype, tensor.shape))
  emitLowerings(emitter, planLowerings(outputs, FULL_TABLE), outputs)
  return model.toProto().node.map(({ opType }) => opType).filter((opType) => opType !== 'Reshape')
}

async function expectReference(graph: Graph, outputs: readonly Tensor[]): Promise<void> {
  const random = randomSource('fusions')
  const feeds = new Map<string, Values>(
    [...graph.inputs].map(([name, { shape }]) => {
      const size = shape.reduce((product, extent) => product * extent, 1)
      return [name, { shape, data: Float64Array.from({ length: size }, () => Math.fround(random.normal())) }]
    }),
  )
  const expected = evaluateGraph(outputs, feeds)
  const found = await runtimeValues(outputs, graph.inputs, feeds, FULL_TABLE, null)
  found.forEach((values, at) => expect(largestError(values, expected[at].data)).toBeLessThan(1e-5))
}

const POOL = { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] }

describe('bias', () => {
  test.each([[[5]], [[1, 5]], [[4, 1]], [[4, 5]], [[]]])('of shape %j joins the matrix product', async (shape) => {
    const graph = new Graph()
    const product = matmul(graph.input('a', 'float32', [3, 4]), graph.input('b', 'float32', [3, 5]), { transposeA: true })
    const sum = add(graph.input('bias', 'float32', shape), product)
    expect(nodeTypes(graph, [sum])).toEqual(['Gemm'])
    await expectReference(graph, [sum])
  })

  test('that enlarges the product stays apart', async () => {
    const graph = new Graph()
    const sum = add(matmul(graph.input('a', 'float32', [1, 4]), graph.input('b', 'float32', [4, 5])), graph.input('bias', 'float32', [3, 5]))
    expect(nodeTypes(graph, [sum])).toEqual(['Gemm', 'Add'])
    await expectReference(graph, [sum])
  })

  test('stays apart when the product is used elsewhere: it would be computed twice', () => {
    const graph = new Graph()
    const product = matmul(graph.input('a', 'float32', [3, 4]), graph.input('b', 'float32', [4, 5]))
    const bias = graph.input('bias', 'float32', [5])
    expect(nodeTypes(graph, [add(product, bias), exp(product)])).toEqual(['Gemm', 'Add', 'Exp'])
    expect(nodeTypes(graph, [add(product, bias), product])).toEqual(['Gemm', 'Add'])
  })

  test('for each channel joins the convolution', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2, 3, 4, 4])
    const y = conv2d(x, graph.input('w', 'float32', [5, 3, 2, 2]), { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 })
    const sum = add(y, reshape(graph.input('bias', 'float32', [5]), [1, 5, 1, 1]))
    expect(nodeTypes(graph, [sum])).toEqual(['Conv'])
    await expectReference(graph, [sum])
  })

  test('along the width is none', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2, 3, 5, 5])
    const y = conv2d(x, graph.input('w', 'float32', [5, 3, 1, 1]), { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 })
    expect(nodeTypes(graph, [add(y, graph.input('bias', 'float32', [5]))])).toEqual(['Conv', 'Add'])
  })
})

describe('broadcasts', () => {
  test('vanish in front of an op that spreads its operands itself', async () => {
    const graph = new Graph()
    const wide = graph.input('wide', 'float32', [3, 4])
    const sum = mul(wide, broadcastTo(graph.input('row', 'float32', [4]), [3, 4]))
    expect(nodeTypes(graph, [sum])).toEqual(['Mul'])
    await expectReference(graph, [sum])
  })

  test('stay where the result would lack an axis', async () => {
    const graph = new Graph()
    const row = graph.input('row', 'float32', [4])
    const one = exp(broadcastTo(row, [3, 4]))
    const two = mul(broadcastTo(row, [3, 4]), broadcastTo(graph.input('other', 'float32', [4]), [3, 4]))
    expect(nodeTypes(graph, [one])).toEqual(['Expand', 'Exp'])
    expect(nodeTypes(graph, [two])).toEqual(['Expand', 'Mul'])
    await expectReference(graph, [one, two])
  })
})

describe('relu and max pool', () => {
  function network(window: typeof POOL): { graph: Graph; x: Tensor; y: Tensor; outputs: Tensor[] } {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2, 3, 6, 6])
    const y = maxPool2d(relu(x), window)
    const sum = reduceSum(mul(y, graph.input('dy', 'float32', y.shape)), { axes: [0, 1, 2, 3] })
    return { graph, x, y, outputs: [y, ...gradients(sum, [x])] }
  }

  test('change places, forward and backward, so that relu works on what the pool left', async () => {
    const { graph, y, outputs } = network(POOL)
    expect(nodeTypes(graph, [y])).toEqual(['MaxPool', 'Relu'])
    expect(nodeTypes(graph, outputs).slice(0, 5)).toEqual(['MaxPool', 'Relu', 'Greater', 'Cast', 'Mul'])
    await expectReference(graph, outputs)
  })

  test('also where windows overlap', async () => {
    const { graph, outputs } = network({ kernel: [3, 3], strides: [1, 2], pads: [1, 0, 1, 0] })
    await expectReference(graph, outputs)
  })

  test('and where relu has other users', async () => {
    const { graph, x, outputs } = network(POOL)
    await expectReference(graph, [...outputs, relu(x)])
  })
})

// onnxruntime would make such zeros the pool's own padding: they would not count, or be refused as too wide.
describe('zeros around an image are elements like others', () => {
  test.each([
    ['a maximum', (x: Tensor) => maxPool2d(x, { kernel: [3, 3], strides: [3, 3], pads: [0, 0, 0, 0] })],
    ['a maximum of windows no wider than they', (x: Tensor) => maxPool2d(x, { kernel: [1, 2], strides: [1, 1], pads: [0, 1, 0, 0] })],
    ['a mean', (x: Tensor) => avgPool2d(x, { kernel: [2, 2], strides: [2, 2], pads: [0, 1, 1, 0], countIncludePad: false })],
    ['a mean of windows no wider than they', (x: Tensor) => avgPool2d(x, { kernel: [1, 2], strides: [3, 3], pads: [0, 0, 0, 0], countIncludePad: true })],
  ])('to %s', async (_name, pooled) => {
    const graph = new Graph()
    const negative = neg(exp(graph.input('x', 'float32', [2, 3, 7, 7])))
    await expectReference(graph, [pooled(pad(negative, { before: [0, 0, 1, 2], after: [0, 0, 1, 0], value: 0 }))])
  })
})
