import { describe, expect, test } from 'vitest'
import { evaluateGraph, Graph, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { layerOf, RecordingScope } from './lowering'

const shape = [6, 2]
const random = randomSource('batch')
const x: Values = { shape, data: Float64Array.from({ length: 12 }, () => random.normal() + 1) }
const running = new Map<string, Values>([
  ['movingMean', { shape: [2], data: Float64Array.of(0.5, 1) }],
  ['movingVariance', { shape: [2], data: Float64Array.of(2, 0.5) }],
  ['gamma', { shape: [2], data: Float64Array.of(1.5, 1) }],
  ['beta', { shape: [2], data: Float64Array.of(0, 0.25) }],
])

function run(options: object, training: boolean, step: number) {
  const graph = new Graph()
  const scope = new RecordingScope(graph, training)
  const y = layerOf({ type: 'batchNormalization', ...options }).lower(scope, [graph.input('x', 'float32', shape)])
  const feeds = new Map<string, Values>([['x', x], ['step', { shape: [], data: Float64Array.of(step) }], ...running])
  const value = (tensor: typeof y): number[] => Array.from(evaluateGraph([tensor], feeds)[0].data)
  return { y: value(y), updates: new Map([...scope.updates].map(([name, next]) => [name, value(next)])), reports: new Map([...scope.reports].map(([name, each]) => [name, value(each)])), tensors: graph.tensors.length }
}

describe('frozen statistics', () => {
  const evaluated = run({}, false, 0).y

  test('from the start: training gives what evaluation gives, and nothing is updated', () => {
    const { y, updates } = run({ freezeAfter: 0 }, true, 0)
    expect(y).toEqual(evaluated)
    expect(updates.size).toBe(0)
  })

  test('after some updates: until then as ever, from then on by the running statistics, which stay', () => {
    const free = run({}, true, 0)
    const [before, then] = [run({ freezeAfter: 5 }, true, 4), run({ freezeAfter: 5 }, true, 5)]
    expect(before.y).toEqual(free.y)
    expect(before.updates).toEqual(free.updates)
    expect(then.y).toEqual(evaluated)
    expect(then.updates.get('movingMean')).toEqual([0.5, 1])
    expect(then.updates.get('movingVariance')).toEqual([2, 0.5])
  })
})

test('the batch is compared with the running statistics, without changing anything', () => {
  const [plain, compared] = [run({ epsilon: 0.001 }, true, 0), run({ epsilon: 0.001, compare: true }, true, 0)]
  expect(compared.y).toEqual(plain.y)
  const moments = [0, 1].map((channel) => {
    const values = Array.from({ length: 6 }, (_, row) => x.data[2 * row + channel])
    const mean = values.reduce((sum, each) => sum + each, 0) / 6
    return { mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 6 }
  })
  const gap = (Math.abs(moments[0].mean - 0.5) / Math.sqrt(2.001) + Math.abs(moments[1].mean - 1) / Math.sqrt(0.501)) / 2
  const ratio = ((moments[0].variance + 0.001) / 2.001 + (moments[1].variance + 0.001) / 0.501) / 2
  expect(compared.reports.get('meanGap')?.[0]).toBeCloseTo(gap, 10)
  expect(compared.reports.get('varianceRatio')?.[0]).toBeCloseTo(ratio, 10)
  expect(plain.reports.size).toBe(0)
})
