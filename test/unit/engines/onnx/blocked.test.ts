import { fc } from '@test/helpers/property'
import { describe, expect, test } from 'vitest'
import { blockSize } from '@main/engines/onnx/block'
import { FULL_TABLE } from '@main/engines/onnx/lowerings/table'
import {
  add, avgPool2d, conv2d, evaluateGraph, Graph, gradients, maxPool2d, mul, neg, reduceMean, reduceSum, relu, reshape, sqrt, sub, tanh, variance,
} from '@shared/graph'
import type { Shape, Tensor, Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { largestError, runtimeValues } from './runtime-values'

/** Sums of some thousand products in float32. */
const TOLERANCE = 2e-5

const block = await blockSize()

interface Built {
  readonly graph: Graph
  readonly outputs: readonly Tensor[]
}

async function expectReference({ graph, outputs }: Built, values: (shape: Shape) => Float64Array): Promise<void> {
  const feeds = new Map<string, Values>([...graph.inputs].map(([name, { shape }]) => [name, { shape, data: values(shape) }]))
  const expected = evaluateGraph(outputs, feeds)
  const found = await runtimeValues(outputs, graph.inputs, feeds, FULL_TABLE, block)
  found.forEach((each, at) => expect(largestError(each, expected[at].data), `output ${at}`).toBeLessThan(TOLERANCE))
}

function normals(seed: number): (shape: Shape) => Float64Array {
  const random = randomSource('blocked', seed)
  return (shape) => Float64Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, () => Math.fround(random.normal()))
}

/** Few distinct values: windows with equal maxima. */
function digits(seed: number): (shape: Shape) => Float64Array {
  const random = randomSource('ties', seed)
  return (shape) => Float64Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, () => random.integer(3) - 1)
}

/** y and the gradients of a weighted sum of its elements. */
function withGradients(graph: Graph, y: Tensor, variables: readonly Tensor[]): Built {
  const weights = graph.input('dy', 'float32', y.shape)
  const sum = reduceSum(mul(y, weights), { axes: y.shape.map((_, axis) => axis) })
  return { graph, outputs: [y, ...gradients(sum, variables)] }
}

test('this machine has a blocked layout, or the tests below prove nothing', () => {
  expect(block).toBeGreaterThan(1)
})

const size = block ?? 16

test('convolutions of any geometry, alone and in a row', async () => {
  const geometry = fc.record({
    batch: fc.constantFrom(1, 2, size, 2 * size),
    channels: fc.constantFrom(1, 3, size, 2 * size),
    filters: fc.constantFrom(size, 2 * size, 6),
    image: fc.tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 6 })),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    pads: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)),
    dilations: fc.constantFrom([1, 1], [1, 1], [2, 1], [1, 2]),
    twice: fc.boolean(),
    seed: fc.nat(),
  })
  await fc.assert(
    fc.asyncProperty(geometry, async ({ batch, channels, filters, image, kernel, strides, pads, dilations, twice, seed }) => {
      const fits = (axis: number): boolean => image[axis] + pads[axis] + pads[axis + 2] >= (kernel[axis] - 1) * dilations[axis] + 1
      fc.pre(fits(0) && fits(1))
      const graph = new Graph()
      const x = graph.input('x', 'float32', [batch, channels, ...image])
      const w = graph.input('w', 'float32', [filters, channels, ...kernel])
      const bias = graph.input('bias', 'float32', [filters])
      const y = add(conv2d(x, w, { strides, pads, dilations, groups: 1 }), reshape(bias, [filters, 1, 1]))
      if (!twice) return await expectReference(withGradients(graph, y, [x, w, bias]), normals(seed))
      const v = graph.input('v', 'float32', [size, filters, 1, 1])
      const z = conv2d(relu(y), v, { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 })
      await expectReference(withGradients(graph, z, [x, w, bias, v]), normals(seed))
    }),
    { numRuns: 60 },
  )
})

test.each([
  ['down', [2, 1]],
  ['right', [1, 2]],
  ['both ways', [2, 2]],
])('filter gradients where stride %s leaves a padded row or column out', async (_, strides) => {
  const graph = new Graph()
  const x = graph.input('x', 'float32', [size, size, 6, 6])
  const w = graph.input('w', 'float32', [size, size, 3, 3])
  const y = conv2d(x, w, { strides, pads: [1, 1, 1, 1], dilations: [1, 1], groups: 1 })
  await expectReference(withGradients(graph, y, [x, w]), normals(5))
})

describe.each([['distinct values', normals], ['ties', digits]] as const)('pools of convolutions: %s', (_, draw) => {
  test.each([
    ['tiling', { kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] }],
    ['tiling, wider than high', { kernel: [1, 4], strides: [1, 4], pads: [0, 0, 0, 0] }],
    ['tiling, larger', { kernel: [4, 2], strides: [4, 2], pads: [0, 0, 0, 0] }],
    ['with a rest', { kernel: [3, 3], strides: [3, 3], pads: [0, 0, 0, 0] }],
    ['overlapping', { kernel: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1] }],
  ])('%s', async (_name, window) => {
    for (const activation of [relu, tanh]) {
      const graph = new Graph()
      const x = graph.input('x', 'float32', [2, size, 8, 8])
      const w = graph.input('w', 'float32', [size, size, 1, 1])
      const y = conv2d(x, w, { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 })
      const built = withGradients(graph, maxPool2d(activation(y), window), [x, w])
      await expectReference(built, draw(7))
      const other = new Graph()
      const images = other.input('x', 'float32', [2, size, 8, 8])
      const filters = other.input('w', 'float32', [size, size, 1, 1])
      const convolved = conv2d(images, filters, { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 })
      const averaged = tanh(avgPool2d(activation(convolved), { ...window, countIncludePad: false }))
      await expectReference(withGradients(other, averaged, [images, filters]), draw(8))
    }
  })
})

test('batch normalization, residuals and sums over images', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'float32', [4, 3, 5, 5])
  const w = graph.input('w', 'float32', [2 * size, 3, 3, 3])
  const gamma = graph.input('gamma', 'float32', [2 * size])
  const beta = graph.input('beta', 'float32', [2 * size])
  const column = (vector: Tensor): Tensor => reshape(vector, [1, 2 * size, 1, 1])
  const y = conv2d(x, w, { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], groups: 1 })
  const centered = sub(y, column(reduceMean(y, { axes: [0, 2, 3] })))
  const scale = mul(column(gamma), neg(sqrt(add(variance(y, { axes: [0, 2, 3], keepDims: true }), 1))))
  const normal = add(mul(centered, scale), column(beta))
  const joined = add(tanh(normal), mul(y, 0.5))
  await expectReference(withGradients(graph, reduceMean(joined, { axes: [2, 3] }), [x, w, gamma, beta]), normals(3))
})
