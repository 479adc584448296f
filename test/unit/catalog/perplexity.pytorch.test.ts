import { describe, expect, test } from 'vitest'
import { metricMisfit, metricResult, metricSums, type TargetInfo } from '@shared/catalog/losses'
import { metricSchema } from '@shared/catalog/metrics'
import { perplexity } from '@shared/catalog/metrics/perplexity'
import { evaluateGraph, Graph, sigmoid, softmax } from '@shared/graph'
import cases from '@test/fixtures/layers/perplexities.json'
import { expectClose } from './closeness'
import { modelOutput, unpack, type Packed } from './lowering'

interface PerplexityCase {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  readonly info: TargetInfo
  readonly target: Packed
  readonly final: 'softmax' | 'sigmoid' | null
  readonly values: Packed
  readonly perplexity: number
}

const FINAL = { softmax, sigmoid }

describe.each(cases as readonly PerplexityCase[])('$name', ({ options, info, target, final, values, perplexity: expected }) => {
  test('is e to the power of PyTorch’s mean cross-entropy', () => {
    expect(metricMisfit(perplexity, info, values.shape.slice(1))).toBeNull()
    const graph = new Graph()
    const input = graph.input('values', 'float32', values.shape)
    const chosen = perplexity.options.parse(options)
    const sums = metricSums(perplexity, modelOutput(final === null ? input : FINAL[final](input)), graph.input('target', 'int32', target.shape), info, chosen)
    const [vector] = evaluateGraph([sums], new Map([['values', unpack(values)], ['target', unpack(target)]]))
    expectClose({ shape: [1], data: metricResult(perplexity, vector.data, values.shape[0], info, chosen) }, { shape: [1], data: [expected] }, 'perplexity')
  })
})

test('a bare name takes the outputs for probabilities', () => {
  expect(metricSchema.parse('perplexity')).toEqual({ type: 'perplexity', fromLogits: false })
})
