import { expect, test } from 'vitest'
import { Graph, gradients, mul, reduceSum, type Values } from '@shared/graph'
import imageCases from '@test/fixtures/layers/layers.json'
import sequenceCases from '@test/fixtures/sequences/layers.json'
import type { LayerCase } from './cases'
import { expectClose } from './closeness'
import { executeFloat32 } from './float32'
import { layerOf, RecordingScope, unpack } from './lowering'

/** Sums of some hundred float32 products, relative to the larger of 1 and the value. */
const FLOAT32 = 1e-5

// Batch normalization's statistics and values of ±1000 have tests of their own.
const plain = ([...imageCases, ...sequenceCases] as unknown as readonly LayerCase[]).filter(({ type }) => type !== 'batchNormalization' && type !== 'activation')

test.each(plain)('the engine computes $name and its gradients as PyTorch does', async ({ type, options, training, weights, steps: [step] }) => {
  const graph = new Graph()
  const scope = new RecordingScope(graph, training)
  const inputs = step.inputs.map(({ shape }, at) => graph.input(`x${at}`, 'float32', shape))
  const output = layerOf({ type, ...options }).lower(scope, inputs)
  const objective = reduceSum(mul(output, graph.input('cotangent', 'float32', output.shape)), { axes: output.shape.map((_, axis) => axis) })
  const wanted = gradients(objective, [...inputs, ...scope.weights.values()])
  const feeds = new Map<string, Values>([
    ...step.inputs.map((value, at) => [`x${at}`, unpack(value)] as const),
    ...Object.entries(weights).map(([name, value]) => [name, unpack(value)] as const),
    ['cotangent', unpack(step.cotangent)],
  ])
  const found = await executeFloat32(graph, [output, ...wanted], feeds)
  const expected = [step.output, ...step.inputGradients, ...[...scope.weights.keys()].map((name) => step.weightGradients[name])]
  expect(found.length).toBe(expected.length)
  found.forEach((value, at) => expectClose(value, expected[at], `result ${at}`, FLOAT32))
})
