import { describe, expect, test } from 'vitest'
import { buildPlan, checkModel } from '@shared/compile'
import { parseDocument } from '@shared/spec'
import { templates, applyTemplate } from '@shared/templates'
import { analyze, totalsOf, type NodeFacts } from '@renderer/builder/cost'
import { readScene, type Edge, type ModelNode, type Scene } from '@renderer/builder/model'
import type { JsonObject } from '@renderer/stores/edit'

function chain(...nodes: readonly ModelNode[]): Scene {
  return { nodes, edges: nodes.slice(1).map(({ id }, index): Edge => [nodes[index].id, id]), positions: {} }
}

const input: ModelNode = { id: 'input', type: 'input' }

function factsOf(scene: Scene, sample: readonly number[], id: string): NodeFacts {
  const facts = analyze(scene, sample).get(id)
  if (facts === undefined) throw new Error(`no facts of ${id}`)
  return facts
}

describe('cost of a layer, by hand', () => {
  test('dense 64 → 10 with ReLU: 64·10 products and sums, 10 biases, 10 activations', () => {
    const facts = factsOf(chain(input, { id: 'a', type: 'dense', units: 10, activation: 'relu' }), [64], 'a')
    expect(facts).toMatchObject({ inputs: [[64]], shape: [10], parameters: 64 * 10 + 10, flops: 2 * 64 * 10 + 10 + 10, statistics: 0 })
    expect(facts.weights.map(({ name, shape }) => [name, shape])).toEqual([['kernel', [64, 10]], ['bias', [10]]])
  })

  test('convolution 3×3, 8 filters over 3×10×12: 8·8·10 positions of 3·9 products and sums', () => {
    const facts = factsOf(chain(input, { id: 'a', type: 'conv2d', filters: 8, kernelSize: 3, useBias: false }), [3, 10, 12], 'a')
    expect(facts).toMatchObject({ shape: [8, 8, 10], parameters: 8 * 3 * 9, flops: 2 * (8 * 8 * 10) * (3 * 9) })
  })

  test('grouped convolution multiplies within its groups only', () => {
    const facts = factsOf(chain(input, { id: 'a', type: 'conv2d', filters: 4, kernelSize: 1, groups: 2, useBias: false }), [4, 2, 2], 'a')
    expect(facts).toMatchObject({ parameters: 4 * 2, flops: 2 * (4 * 2 * 2) * 2 })
  })

  test('pooling compares every value of its windows; flattening is free', () => {
    const scene = chain(input, { id: 'pool', type: 'maxPooling2d', poolSize: 2 }, { id: 'flat', type: 'flatten' })
    expect(factsOf(scene, [6, 8, 8], 'pool')).toMatchObject({ shape: [6, 4, 4], parameters: 0, flops: 6 * 16 * 4 })
    expect(factsOf(scene, [6, 8, 8], 'flat')).toMatchObject({ shape: [96], flops: 0 })
  })

  test('batch normalization in use: one product and one sum per value, whatever the batch; its statistics are no parameters', () => {
    const facts = factsOf(chain(input, { id: 'a', type: 'batchNormalization' }), [5, 4, 4], 'a')
    expect(facts).toMatchObject({ parameters: 2 * 5, statistics: 2 * 5, flops: 2 * 5 * 16 })
  })

  test('dropout costs nothing when the model is used', () => {
    expect(factsOf(chain(input, { id: 'a', type: 'dropout' }), [50], 'a')).toMatchObject({ shape: [50], flops: 0 })
  })
})

test('totals: float32 weights and statistics, gradients, optimizer slots, outputs of a whole batch', () => {
  const scene = chain(input, { id: 'a', type: 'dense', units: 10 }, { id: 'n', type: 'batchNormalization' })
  const totals = totalsOf(analyze(scene, [4]).values(), { batch: 32, slots: 2 })
  const parameters = 4 * 10 + 10 + 20
  const expected = { weights: 4 * (parameters + 20), gradients: 4 * parameters, slots: 8 * parameters, activations: 4 * 32 * (4 + 10 + 10) }
  expect(totals).toMatchObject({ parameters, ...expected, memory: expected.weights + expected.gradients + expected.slots + expected.activations })
})

describe('models that are not finished', () => {
  test('shapes are known as far as they can be followed', () => {
    const scene = chain(input, { id: 'a', type: 'dense', units: 3 }, { id: 'bad', type: 'conv2d', filters: 1 }, { id: 'after', type: 'flatten' })
    const facts = analyze(scene, [2])
    expect(facts.get('a')?.shape).toEqual([3])
    expect(facts.get('bad')).toMatchObject({ inputs: [[3]], shape: null, parameters: 0 })
    expect(facts.get('after')).toMatchObject({ inputs: [null], shape: null })
  })

  test('unknown layers, options of the wrong kind and missing data are no crash', () => {
    const scene = chain(input, { id: 'a', type: 'noSuchLayer' }, { id: 'b', type: 'dense', units: 'many' })
    expect([...analyze(scene, null).values()].map(({ shape }) => shape)).toEqual([null, null, null])
    expect(analyze(chain(input, { id: 'b', type: 'dense', units: 'many' }), [3]).get('b')?.shape).toBeNull()
  })

  test('a declared input shape serves until the data is known', () => {
    expect(analyze(chain({ ...input, shape: [7] }), null).get('input')?.shape).toEqual([7])
  })

  test('a joint that lacks inputs has no shape', () => {
    expect(analyze(chain(input, { id: 'sum', type: 'add' }), [3]).get('sum')?.shape).toBeNull()
  })
})

test('shapes and parameters agree with what the compiler makes of every template', () => {
  const data = { sample: [64], target: { kind: 'class', classes: 10, classNames: [] } } as const
  const base = { format: 1, dataset: { type: 'digits' }, model: { nodes: [] }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd' } }
  for (const template of templates.filter(({ needs }) => needs.target !== 'value' && needs.text !== true)) {
    const document = applyTemplate(template, base, data) as JsonObject
    const parsed = parseDocument(document)
    if (!parsed.ok) throw new Error(`${template.id}: ${JSON.stringify(parsed.issues)}`)
    const sample = template.needs.image ? [1, 8, 8] : data.sample
    const plan = buildPlan(parsed.value, { sample, target: template.reconstructs === true ? { kind: 'value', shape: sample, names: [] } : data.target })
    const checked = checkModel(parsed.value.model, sample)
    const scene = readScene(document.model, document.view)
    if (!plan.ok || !checked.ok || scene === null) throw new Error(`${template.id}: ${JSON.stringify(plan)}`)
    const facts = analyze(scene, sample)
    for (const { node, shape } of checked.value.nodes) expect(facts.get(node.id)?.shape, `${template.id} ${node.id}`).toEqual(shape)
    const weights = plan.value.layout.weights.reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0)
    expect(totalsOf(facts.values(), { batch: 1, slots: 0 }).parameters, template.id).toBe(weights)
  }
})
