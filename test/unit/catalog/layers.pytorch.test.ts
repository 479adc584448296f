import { describe, expect, test } from 'vitest'
import { evaluateGraph, Graph, gradients, mul, reduceSum, type Tensor, type Values } from '@shared/graph'
import imageCases from '@test/fixtures/layers/layers.json'
import sequenceCases from '@test/fixtures/sequences/layers.json'
import type { LayerCase } from './cases'
import { expectClose } from './closeness'
import { layerOf, RecordingScope, unpack } from './lowering'

/** Graph, outputs and gradients of one step of a case. */
function lowerCase({ type, options, training, steps }: LayerCase) {
  const graph = new Graph()
  const scope = new RecordingScope(graph, training)
  const inputs = steps[0].inputs.map(({ shape }, index) => graph.input(`x${index}`, 'float32', shape))
  const layer = layerOf({ type, ...options })
  const output = layer.lower(scope, inputs)
  const cotangent = graph.input('cotangent', 'float32', output.shape)
  const objective = reduceSum(mul(output, cotangent), { axes: output.shape.map((_, axis) => axis) })
  const found = gradients(objective, [...inputs, ...scope.weights.values()])
  return { layer, scope, output, inputGradients: found.slice(0, inputs.length), weightGradients: named(scope.weights, found.slice(inputs.length)) }
}

function named(weights: ReadonlyMap<string, Tensor>, found: readonly Tensor[]): ReadonlyMap<string, Tensor> {
  return new Map([...weights.keys()].map((name, index) => [name, found[index]]))
}

describe.each([...imageCases, ...sequenceCases] as unknown as readonly LayerCase[])('$name', (given) => {
  const { layer, scope, output, inputGradients, weightGradients } = lowerCase(given)

  test('shape inference gives the shape that PyTorch gives', () => {
    const inferred = layer.infer(...given.steps[0].inputs.map(({ shape }) => shape.slice(1)))
    expect(inferred).toEqual({ shape: given.steps[0].output.shape.slice(1) })
  })

  test('asks for the weights, in their shapes', () => {
    const asked = Object.fromEntries(scope.requests.map(({ name, shape }) => [name, shape]))
    expect(asked).toEqual(Object.fromEntries(Object.entries(given.weights).map(([name, { shape }]) => [name, shape])))
  })

  test('output, gradients and statistics are those of PyTorch', () => {
    let statistics = new Map(Object.entries(given.statistics).map(([name, value]) => [name, unpack(value)]))
    for (const [index, step] of given.steps.entries()) {
      const feeds = new Map<string, Values>([
        ...step.inputs.map((value, at) => [`x${at}`, unpack(value)] as const),
        ...Object.entries(given.weights).map(([name, value]) => [name, unpack(value)] as const),
        ...statistics,
        ['cotangent', unpack(step.cotangent)],
      ])
      const value = (tensor: Tensor): Values => evaluateGraph([tensor], feeds)[0]
      expectClose(value(output), step.output, `step ${index}: output`)
      inputGradients.forEach((gradient, at) => expectClose(value(gradient), step.inputGradients[at], `step ${index}: gradient of input ${at}`))
      for (const [name, gradient] of weightGradients) expectClose(value(gradient), step.weightGradients[name], `step ${index}: gradient of ${name}`)
      expect([...scope.updates.keys()].sort()).toEqual(Object.keys(step.statistics).sort())
      for (const [name, next] of scope.updates) expectClose(value(next), step.statistics[name], `step ${index}: ${name}`)
      statistics = new Map([...statistics, ...[...scope.updates].map(([name, next]) => [name, value(next)] as const)])
    }
  })
})
