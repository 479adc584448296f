import { describe, expect, test } from 'vitest'
import { lossRegistry, lossSchema, sampleLosses, type TargetInfo } from '@shared/catalog/losses'
import { evaluateGraph, Graph, gradients, reduceMean } from '@shared/graph'
import cases from '@test/fixtures/layers/networks.json'
import { expectClose } from './closeness'
import { lowerNetwork, unpack, type Packed } from './lowering'

interface NetworkCase {
  readonly name: string
  readonly nodes: readonly Readonly<Record<string, unknown>>[]
  readonly edges: readonly (readonly string[])[]
  readonly info: TargetInfo
  readonly target: Packed
  readonly features: Packed
  readonly weights: Readonly<Record<string, Packed>>
  readonly loss: number
  readonly gradients: Readonly<Record<string, Packed>>
  /** Of the loss. */
  readonly options?: object
}

describe.each(cases as unknown as readonly NetworkCase[])('$name', ({ nodes, edges, info, target, features, weights, loss, gradients: expected, options }) => {
  test('mean loss and the gradients of all weights are those of PyTorch', () => {
    const graph = new Graph()
    const network = lowerNetwork(graph, nodes, edges, graph.input('features', 'float32', features.shape))
    const chosen = lossSchema.parse({ type: network.model.logits?.activation === 'softmax' ? 'categoricalCrossentropy' : 'binaryCrossentropy', ...options })
    const definition = lossRegistry.get(chosen.type)
    if (definition === undefined) throw new Error(`no loss ${chosen.type}`)
    const perSample = sampleLosses(definition, network.model, graph.input('target', 'int32', target.shape), info, chosen)
    const mean = reduceMean(perSample, { axes: [0] })
    const names = [...network.weights.keys()]
    expect(names.sort()).toEqual(Object.keys(weights).sort())
    const found = gradients(mean, names.map((name) => network.weights.get(name) ?? mean))
    const feeds = new Map([['features', unpack(features)], ['target', unpack(target)], ...Object.entries(weights).map(([name, value]) => [name, unpack(value)] as const)])
    for (const [name, tensor] of statisticsOf(graph, weights)) feeds.set(name, { shape: tensor, data: new Float64Array(tensor.reduce((a, b) => a * b, 1)) })
    const [value, ...values] = evaluateGraph([mean, ...found], feeds)
    expectClose(value, { shape: [], data: [loss] }, 'loss')
    names.forEach((name, at) => expectClose(values[at], expected[name], `gradient of ${name}`))
  })
})

/** Running statistics, which training reads only to update them. */
function statisticsOf(graph: Graph, weights: Readonly<Record<string, Packed>>): (readonly [string, readonly number[]])[] {
  return [...graph.inputs].filter(([name]) => !(name in weights) && name !== 'features' && name !== 'target').map(([name, { shape }]) => [name, shape] as const)
}
