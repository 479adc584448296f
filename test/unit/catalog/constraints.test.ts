import { describe, expect, test } from 'vitest'
import { constraintRegistry, constraintSchema } from '@shared/catalog/constraints'
import { layers } from '@shared/catalog/layers'
import { evaluateGraph, Graph } from '@shared/graph'
import fixture from '@test/fixtures/layers/keras.json'
import { expectClose } from './closeness'
import { layerOf, RecordingScope, unpack } from './lowering'

describe('constraints give what Keras gives along the axes of a unit', () => {
  test.each(fixture.constraints.map((each) => ({ ...each, name: `${each.type} of [${each.weight.shape.join(', ')}]` })))('$name', ({ type, options, incoming, weight, constrained }) => {
    const chosen = constraintSchema.parse({ type, ...options })
    const graph = new Graph()
    const projected = constraintRegistry.get(type)?.project(graph.input('w', 'float32', weight.shape), incoming, chosen)
    if (projected === undefined) throw new Error(`no constraint ${type}`)
    expectClose(evaluateGraph([projected], new Map([['w', unpack(weight)]]))[0], constrained, 'constrained')
  })
})

/** Every layer with a kernel, on what it takes, and the axes of one unit's weights. */
const kernelLayers: Readonly<Record<string, { readonly written: object; readonly shape: readonly number[]; readonly incoming: readonly number[] }>> = {
  dense: { written: { units: 3 }, shape: [2, 4], incoming: [0] },
  conv1d: { written: { filters: 4 }, shape: [2, 5, 2], incoming: [1, 2] },
  conv2d: { written: { filters: 4 }, shape: [2, 2, 5, 5], incoming: [1, 2, 3] },
  depthwiseConv2d: { written: {}, shape: [2, 2, 5, 5], incoming: [1, 2, 3] },
  conv2dTranspose: { written: { filters: 4 }, shape: [2, 2, 5, 5], incoming: [0, 2, 3] },
}

describe('every layer that takes a kernel constraint hands it on, with the penalty on what it gives', () => {
  test.each(layers.filter(({ options }) => 'kernelConstraint' in options.shape).map(({ type }) => type))('%s', (type) => {
    const { written, shape, incoming } = kernelLayers[type]
    const graph = new Graph()
    const scope = new RecordingScope(graph, true)
    const options = { kernelConstraint: { type: 'maxNorm', maximum: 3 }, biasConstraint: 'unitNorm', activityRegularizer: { type: 'l1', factor: 0.1 }, activation: 'relu' }
    const output = layerOf({ type, ...written, ...options }).lower(scope, [graph.input('x', 'float32', shape)])
    expect(scope.requests.map(({ name, constraint, incoming: axes }) => [name, constraint, axes])).toEqual([
      ['kernel', { type: 'maxNorm', maximum: 3 }, incoming],
      ['bias', { type: 'unitNorm' }, [0]],
    ])
    expect(scope.activities).toEqual([{ activity: output, regularizer: { type: 'l1', factor: 0.1 } }])
  })
})

test('DropConnect drops weights for the whole batch, scales the others, and uses all of them in evaluation', () => {
  const run = (training: boolean): readonly Float64Array[] => {
    const graph = new Graph()
    const y = layerOf({ type: 'dense', units: 50, useBias: false, dropConnect: 0.25 }).lower(new RecordingScope(graph, training), [graph.input('x', 'float32', [40, 40])])
    // Rows of the identity read the kernel itself.
    const identity = Float64Array.from({ length: 1600 }, (_, at) => (Math.floor(at / 40) === at % 40 ? 1 : 0))
    const key = { shape: [2], data: Float64Array.of(77, 991) }
    const feeds = new Map([['x', { shape: [40, 40], data: identity }], ['kernel', { shape: [40, 50], data: new Float64Array(2000).fill(2) }], ['key', key]])
    return evaluateGraph([y], feeds).map(({ data }) => data)
  }
  const [values] = run(true)
  for (const value of values) expect([0, 2 / 0.75]).toContain(value)
  const dropped = values.filter((value) => value === 0).length / values.length
  expect(Math.abs(dropped - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / values.length))
  expect(run(false)[0].every((value) => value === 2)).toBe(true)
})
