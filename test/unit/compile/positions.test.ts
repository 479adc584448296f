import { describe, expect, test } from 'vitest'
import { lossMisfit, lossRegistry, metricMisfit, metricResult, metricSums, type ModelOutput, type TargetInfo } from '@shared/catalog/losses'
import { metricRegistry, metricSchema } from '@shared/catalog/metrics'
import { buildPlan } from '@shared/compile'
import { evaluateGraph, Graph } from '@shared/graph'
import { need, parseDocument } from '@shared/spec'

/** Two sequences of three positions. */
const TARGET: TargetInfo = { kind: 'class', classes: 2, classNames: ['a', 'b'], positions: 3 }
const LABELS = [0, 1, 1, 0, 0, 1]
const SCORES = [2, 1, 0, 3, 5, 4, 1, 0, 0, 2, 1, 6]

function metric(written: object): number[] {
  const options = metricSchema.parse(written)
  const definition = metricRegistry.get(options.type)
  if (definition === undefined) throw new Error(options.type)
  const graph = new Graph()
  const model: ModelOutput = { output: graph.input('output', 'float32', [2, 3, 2]), logits: null }
  const sums = metricSums(definition, model, graph.input('targets', 'int32', [2, 3]), TARGET, options)
  const [values] = evaluateGraph([sums], new Map([['output', { shape: [2, 3, 2], data: Float64Array.from(SCORES) }], ['targets', { shape: [2, 3], data: Float64Array.from(LABELS) }]]))
  return [...metricResult(definition, values.data, 2, TARGET, options)]
}

describe('labels at every position', () => {
  test('each position counts in the metrics', () => {
    // Predicted: 0 1 0 0 1 1.
    expect(metric({ type: 'accuracy' })).toEqual([4 / 6])
    expect(metric({ type: 'topKAccuracy', k: 2 })).toEqual([1])
    expect(metric({ type: 'confusionMatrix' })).toEqual([2, 1, 1, 2])
    expect(metric({ type: 'recall' })).toEqual([2 / 3])
  })

  test('the model must answer at every position', () => {
    const loss = lossRegistry.get('categoricalCrossentropy')
    const accuracy = metricRegistry.get('accuracy')
    if (loss === undefined || accuracy === undefined) throw new Error('not registered')
    expect([lossMisfit(loss, TARGET, [3, 2]), metricMisfit(accuracy, TARGET, [3, 2])]).toEqual([null, null])
    for (const wrong of [[2], [2, 2], [3, 2, 1]]) expect([lossMisfit(loss, TARGET, wrong)?.code, metricMisfit(accuracy, TARGET, wrong)?.code]).toEqual(['loss-positions', 'loss-positions'])
    expect(lossMisfit(loss, TARGET, [3, 5])?.code).toBe('loss-categorical-outputs')
  })

  test.each([
    ['mixup', { type: 'reshape', shape: [3, 1] }, 'augmentation-positions'],
    ['mixup', { type: 'embedding', inputDim: 2, outputDim: 3 }, 'augmentation-tokens'],
    ['noise', { type: 'embedding', inputDim: 2, outputDim: 3 }, 'augmentation-tokens'],
  ])('%s before %j is refused', (type, first, code) => {
    const nodes = [first, { type: 'dense', units: 2, activation: 'softmax' }]
    const document = need(parseDocument({ format: 1, name: 'x', dataset: { type: 'text', targets: 'every' }, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: 'adam', augmentation: [{ type }], epochs: 1 } }))
    const plan = buildPlan(document, { sample: [3], target: TARGET })
    expect(plan.ok ? [] : plan.issues.map(({ code }) => code)).toEqual([code])
  })
})
