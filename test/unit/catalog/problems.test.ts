import { describe, expect, test } from 'vitest'
import { lossRegistry, metricMisfit, type TargetInfo } from '@shared/catalog/losses'
import { metricRegistry } from '@shared/catalog/metrics'
import type { Shape } from '@shared/graph'
import { formatIssue, issueMessages } from '@shared/locales/issues'
import { layersIssues } from '@shared/locales/issues/layers'
import { lossesIssues } from '@shared/locales/issues/losses'
import { issue } from '@shared/spec/issue'
import { layerOf } from './lowering'

type Args = Readonly<Record<string, string | number>>

/** Both languages' messages, with every argument put in. */
function messages(code: string, args: Args): string {
  const found = issue(code, [], args)
  const texts = [formatIssue(found, 'en'), formatIssue(found, 'zh-CN')]
  for (const text of texts) expect(text, code).not.toMatch(/[{}]/)
  return texts.join('\n')
}

const layerProblems: readonly (readonly [string, readonly Shape[], object, string | undefined, readonly string[]])[] = [
  ['layer-input-shape-unknown', [], { type: 'input' }, 'shape', ['[784]']],
  ['layer-needs-vector', [[3, 8, 8]], { type: 'dense', units: 4 }, undefined, ['[3, 8, 8]', 'flatten']],
  ['layer-needs-vector', [[]], { type: 'batchNormalization' }, undefined, ['[]']],
  ['layer-needs-image', [[64]], { type: 'conv2d', filters: 4 }, undefined, ['[64]', 'reshape']],
  ['layer-needs-image', [[64]], { type: 'maxPooling2d' }, undefined, ['[64]']],
  ['layer-needs-image', [[8, 8]], { type: 'globalAveragePooling2d' }, undefined, ['[8, 8]']],
  ['layer-needs-sequence', [[64]], { type: 'multiHeadAttention' }, undefined, ['[64]', 'embedding']],
  ['layer-needs-sequence', [[3, 8, 8]], { type: 'conv1d', filters: 2 }, undefined, ['[3, 8, 8]', 'reshape']],
  ['layer-needs-numbers', [[5, 3]], { type: 'embedding', inputDim: 4, outputDim: 2 }, undefined, ['[5, 3]']],
  ['layer-too-many-steps', [[4097, 2]], { type: 'lstm', units: 2 }, undefined, ['4097', '4096']],
  ['layer-attention-heads', [[5, 6]], { type: 'multiHeadAttention', heads: 4 }, 'heads', ['4', '6', 'headSize']],
  ['layer-window-too-large', [[4, 2]], { type: 'conv1d', filters: 2, kernelSize: 5 }, 'kernelSize', ['time', '5', '4']],
  ['layer-pool-padding', [[4, 2]], { type: 'maxPooling1d', padding: 2 }, 'padding', ['time', '2']],
  ['layer-softmax-image', [[3, 8, 8]], { type: 'conv2d', filters: 4, activation: 'softmax' }, 'activation', ['[4, 6, 6]', 'width']],
  ['layer-softmax-image', [[3, 8, 8]], { type: 'activation', activation: 'softmax' }, 'activation', ['[3, 8, 8]']],
  ['layer-softmax-one', [[5]], { type: 'dense', units: 1, activation: 'softmax' }, 'activation', ['sigmoid']],
  ['layer-window-too-large', [[1, 4, 9]], { type: 'conv2d', filters: 2, kernelSize: 5 }, 'kernelSize', ['height', '5', '4']],
  ['layer-window-too-large', [[1, 9, 5]], { type: 'conv2d', filters: 2, kernelSize: 3, dilation: 3, padding: [0, 0] }, 'kernelSize', ['width', '7', '5']],
  ['layer-window-too-large', [[1, 1, 1]], { type: 'maxPooling2d' }, 'poolSize', ['height', '2', '1']],
  ['layer-pool-padding', [[1, 4, 4]], { type: 'averagePooling2d', padding: [0, 2] }, 'padding', ['width', '2']],
  ['layer-groups-channels', [[4, 8, 8]], { type: 'conv2d', filters: 6, groups: 3 }, 'groups', ['4', '3']],
  ['layer-groups-filters', [[4, 8, 8]], { type: 'conv2d', filters: 6, groups: 4 }, 'filters', ['6', '4']],
  ['layer-reshape-size', [[12]], { type: 'reshape', shape: [5, -1] }, 'shape', ['[12]', '12', '[5, -1]']],
  ['layer-reshape-size', [[2, 6]], { type: 'reshape', shape: [3, 3] }, 'shape', ['[2, 6]', '[3, 3]']],
  ['layer-merge-shapes', [[4, 8, 8], [4, 8, 8], [4, 6, 8]], { type: 'add' }, undefined, ['3', '[4, 6, 8]', '[4, 8, 8]', 'height']],
  ['layer-merge-shapes', [[4], [5]], { type: 'multiply' }, undefined, ['2', '[5]', '[4]', 'features']],
  ['layer-merge-shapes', [[4], [4, 1, 1]], { type: 'add' }, undefined, ['rank']],
  ['layer-concatenate-shapes', [[4, 8, 8], [2, 8, 7]], { type: 'concatenate' }, undefined, ['axis 0', 'width', '[2, 8, 7]']],
  ['layer-axis', [[4], [4]], { type: 'concatenate', axis: 1 }, 'axis', ['axis 1', '[4]', '0 to 0']],
]

describe('layers name the dimension and the fix', () => {
  test.each(layerProblems)('%s: %j into %j', (code, inputs, written, option, mentions) => {
    const result = layerOf(written as Record<string, unknown>).infer(...inputs)
    if (!('problem' in result)) throw new Error(`accepted, giving [${result.shape.join(', ')}]`)
    expect(result.problem.code).toBe(code)
    expect(result.problem.option).toBe(option)
    const text = messages(code, { node: 'layer7', ...result.problem.args })
    for (const mention of ['layer7', ...mentions]) expect(text).toContain(mention)
  })

  test('every message has a case', () => {
    expect([...new Set(layerProblems.map(([code]) => code))].sort()).toEqual(Object.keys(layersIssues).sort())
  })
})

const ten: TargetInfo = { kind: 'class', classes: 10, classNames: [] }
const two: TargetInfo = { kind: 'class', classes: 2, classNames: ['no', 'yes'] }
const price: TargetInfo = { kind: 'value', shape: [1], names: ['price'] }
const pair: TargetInfo = { kind: 'value', shape: [2], names: ['x', 'y'] }

const misfits: readonly (readonly [string, string, TargetInfo, Shape, readonly string[]])[] = [
  ['loss-output-shape', 'meanSquaredError', pair, [3], ['[3]', '[2]', '2 units']],
  ['loss-output-shape', 'binaryCrossentropy', price, [4], ['[4]', '[1]']],
  ['loss-output-classes', 'huber', ten, [3], ['3 outputs', '10 classes', '10 units']],
  ['loss-binary-outputs', 'binaryCrossentropy', two, [3], ['2 classes', '3', '1 unit']],
  ['loss-binary-classes', 'binaryCrossentropy', ten, [1], ['10', '1 outputs', 'categoricalCrossentropy']],
  ['loss-categorical-outputs', 'categoricalCrossentropy', ten, [3], ['3 outputs', '10 classes', 'units to 10']],
  ['loss-categorical-binary', 'categoricalCrossentropy', two, [1], ['1 output', '2 classes', 'binaryCrossentropy']],
  ['loss-categorical-shape', 'categoricalCrossentropy', ten, [10, 1, 1], ['[10, 1, 1]', 'flatten']],
  ['loss-categorical-target', 'categoricalCrossentropy', price, [1], ['price', '[1]', 'meanSquaredError']],
  ['loss-categorical-target', 'categoricalCrossentropy', pair, [3], ['x, y', '[2]', '[3]']],
]
const everywhere: TargetInfo = { kind: 'class', classes: 10, classNames: [], positions: 6 }
const metricMisfits: typeof misfits = [
  ['metric-needs-classes', 'accuracy', price, [1], ['price', 'r2']],
  ['metric-outputs', 'accuracy', ten, [3], ['[3]', '10 classes', '10 units']],
  ['metric-top-k-binary', 'topKAccuracy', two, [1], ['2 classes', 'accuracy']],
  ['metric-needs-values', 'r2', ten, [10], ['10 classes', 'f1']],
  ['loss-positions', 'accuracy', everywhere, [10], ['[6, 10]', '[10]', 'returnSequences', '10 units']],
]

describe('losses and metrics name both numbers and the fix', () => {
  test.each(misfits)('%s: %s', (code, type, target, output, mentions) => {
    const found = lossRegistry.get(type)?.check(target, output)
    expect(found?.code).toBe(code)
    const text = messages(code, found?.args ?? {})
    for (const mention of mentions) expect(text).toContain(mention)
  })

  test.each(metricMisfits)('%s: %s', (code, type, target, output, mentions) => {
    const metric = metricRegistry.get(type)
    const found = metric && metricMisfit(metric, target, output)
    expect(found?.code).toBe(code)
    const text = messages(code, found?.args ?? {})
    for (const mention of mentions) expect(text).toContain(mention)
  })

  test.each([
    ['categoricalCrossentropy', ten, [10], 'softmax'],
    ['binaryCrossentropy', two, [1], 'sigmoid'],
  ] as const)('%s: outputs that are no probabilities are refused unless they are declared logits', (type, target, output, wanted) => {
    const check = (activation: string | null, fromLogits: boolean) => lossRegistry.get(type)?.check(target, output, { activation, options: { fromLogits } })
    for (const activation of ['linear', 'relu', 'tanh']) {
      expect(check(activation, false)).toEqual({ code: 'loss-needs-probabilities', args: { activation, wanted } })
      expect(check(activation, true)).toBeNull()
    }
    for (const activation of ['softmax', 'sigmoid', null]) expect(check(activation, false)).toBeNull()
    expect(messages('loss-needs-probabilities', { activation: 'relu', wanted })).toContain(wanted)
  })

  test('a metric of one class refuses a class that the data does not have', () => {
    const metric = metricRegistry.get('recall')
    const check = (options: object) => metric?.check(ten, [10], { activation: 'softmax', options: metric.options.parse(options) })
    expect(check({ average: 'binary', positiveClass: 10 })).toEqual({ code: 'metric-positive-class', args: { positiveClass: 10, classes: 10, last: 9 } })
    for (const options of [{ average: 'binary', positiveClass: 9 }, { average: 'macro', positiveClass: 10 }, { positiveClass: 10 }]) expect(check(options)).toBeNull()
    expect(messages('metric-positive-class', { positiveClass: 10, classes: 10, last: 9 })).toContain('0 to 9')
  })

  test('perplexity is of probabilities: other outputs are refused unless they are declared logits', () => {
    const check = (target: TargetInfo, output: Shape, activation: string | null, fromLogits = false) => metricRegistry.get('perplexity')?.check(target, output, { activation, options: { fromLogits } })
    for (const activation of ['linear', 'relu', 'tanh']) {
      expect(check(ten, [10], activation)).toEqual({ code: 'metric-needs-probabilities', args: { activation, wanted: 'softmax' } })
      expect(check(two, [1], activation)).toEqual({ code: 'metric-needs-probabilities', args: { activation, wanted: 'sigmoid' } })
      expect(check(ten, [10], activation, true)).toBeNull()
    }
    for (const activation of ['softmax', 'sigmoid', null]) expect(check(ten, [10], activation)).toBeNull()
    expect(messages('metric-needs-probabilities', { activation: 'relu', wanted: 'softmax' })).toContain('softmax')
  })

  test('every message has a case', () => {
    expect(['loss-needs-probabilities', 'metric-needs-probabilities', 'metric-positive-class', ...new Set([...misfits, ...metricMisfits].map(([code]) => code))].sort()).toEqual(Object.keys(lossesIssues).sort())
  })

  test.each([
    ['categoricalCrossentropy', ten, [10]],
    ['categoricalCrossentropy', two, [2]],
    ['categoricalCrossentropy', pair, [2]],
    ['binaryCrossentropy', two, [1]],
    ['binaryCrossentropy', ten, [10]],
    ['binaryCrossentropy', pair, [2]],
    ['meanSquaredError', ten, [10]],
    ['meanSquaredError', two, [1]],
    ['meanSquaredError', price, [1]],
    ['meanAbsoluteError', { ...price, shape: [] }, [1]],
  ] as const)('%s accepts what it can compare', (type, target, output) => {
    expect(lossRegistry.get(type)?.check(target, output)).toBeNull()
  })
})

test('the messages are merged into the issue catalog', () => {
  for (const code of [...Object.keys(layersIssues), ...Object.keys(lossesIssues)]) expect(issueMessages[code], code).toBeDefined()
})
