import { describe, expect, test } from 'vitest'
import { evaluateGraph, Graph, gradients, mul, randomBitsTable, reachable, reduceSum, scalarValue, sizeOf, type Tensor, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { layerOf, RecordingScope } from './lowering'

function normal(shape: readonly number[], name: string): Values {
  const random = randomSource(name)
  return { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()) }
}

function sumOf(x: Tensor): Tensor {
  return reduceSum(x, { axes: x.shape.map((_, axis) => axis) })
}

/** How often each op is executed for these tensors. */
function opCounts(...tensors: Tensor[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { op } of reachable(tensors)) counts[op] = (counts[op] ?? 0) + 1
  return counts
}

describe('weights are asked for with their part, fans, initializer and regularizer', () => {
  function requests(written: Record<string, unknown>, shape: readonly number[]) {
    const graph = new Graph()
    const scope = new RecordingScope(graph, true)
    layerOf(written).lower(scope, [graph.input('x', 'float32', shape)])
    return scope.requests
  }

  test('dense', () => {
    const l2 = { type: 'l2', factor: 0.1, convention: 'keras' }
    expect(requests({ type: 'dense', units: 3, kernelInitializer: 'heNormal', biasInitializer: { type: 'constant', value: 1 }, kernelRegularizer: l2, biasRegularizer: 'l1' }, [2, 5])).toEqual([
      { name: 'kernel', shape: [5, 3], initializer: { type: 'heNormal' }, role: 'kernel', fanIn: 5, fanOut: 3, regularizer: l2, incoming: [0] },
      { name: 'bias', shape: [3], initializer: { type: 'constant', value: 1 }, role: 'bias', fanIn: 5, fanOut: 3, regularizer: { type: 'l1', factor: 0.01 }, incoming: [0] },
    ])
  })

  test('conv2d counts the connections within its group, as Keras and PyTorch do', () => {
    const [kernel, bias] = requests({ type: 'conv2d', filters: 8, groups: 2, kernelSize: [3, 5] }, [1, 4, 9, 9])
    expect(kernel).toMatchObject({ name: 'kernel', shape: [8, 2, 3, 5], role: 'kernel', fanIn: 30, fanOut: 120, initializer: { type: 'xavierUniform' }, regularizer: undefined })
    expect(bias).toMatchObject({ name: 'bias', shape: [8], role: 'bias', initializer: { type: 'zeros' } })
  })

  test('conv2dTranspose counts the connections of the convolution that leads back, as Keras and PyTorch do', () => {
    const [kernel, bias] = requests({ type: 'conv2dTranspose', filters: 8, kernelSize: [3, 5] }, [1, 4, 9, 9])
    expect(kernel).toMatchObject({ name: 'kernel', shape: [4, 8, 3, 5], role: 'kernel', fanIn: 120, fanOut: 60 })
    expect(bias).toMatchObject({ name: 'bias', shape: [8], role: 'bias', initializer: { type: 'zeros' } })
  })

  test('normalizations ask for norm weights: γ of ones, β of zeros', () => {
    for (const type of ['batchNormalization', 'layerNormalization', 'groupNormalization', 'instanceNormalization']) {
      expect(requests({ type, ...(type === 'groupNormalization' ? { groups: 1 } : {}) }, type === 'instanceNormalization' ? [2, 5, 1, 3] : [2, 5])).toMatchObject([
        { name: 'gamma', shape: [5], role: 'norm', initializer: { type: 'ones' } },
        { name: 'beta', shape: [5], role: 'norm', initializer: { type: 'zeros' } },
      ])
    }
  })
})

describe('graphs are lean', () => {
  const graph = new Graph()
  const x = graph.input('x', 'float32', [8, 5])

  test('dense is one product and one sum', () => {
    expect(opCounts(layerOf({ type: 'dense', units: 3 }).lower(new RecordingScope(graph, true, 'a.'), [x]))).toEqual({ input: 3, matmul: 1, add: 1 })
  })

  test('flatten of vectors, dropout of nothing, linear activation and input append nothing', () => {
    const before = graph.tensors.length
    for (const written of [{ type: 'flatten' }, { type: 'dropout', rate: 0 }, { type: 'activation', activation: 'linear' }, { type: 'input' }]) {
      expect(layerOf(written).lower(new RecordingScope(graph, true), [x])).toBe(x)
    }
    expect(layerOf({ type: 'dropout', rate: 0.5 }).lower(new RecordingScope(graph, false), [x])).toBe(x)
    expect(graph.tensors.length).toBe(before)
  })

  test('batch normalization passes over the batch as often as its formulas ask: 6 times forward, 7 times backward', () => {
    const graph = new Graph()
    const images = graph.input('x', 'float32', [4, 3, 6, 6])
    const scope = new RecordingScope(graph, true)
    const y = layerOf({ type: 'batchNormalization' }).lower(scope, [images])
    const objective = sumOf(mul(y, graph.input('dy', 'float32', y.shape)))
    const found = gradients(objective, [images, ...scope.weights.values()])
    const passes = (tensors: readonly Tensor[]): number =>
      reachable(tensors).filter(({ op, shape, inputs }) => op !== 'input' && [shape, ...inputs.map((input) => input.shape)].some((each) => sizeOf(each) === 4 * 3 * 6 * 6)).length
    expect(passes([y, ...scope.updates.values()])).toBe(6)
    expect(passes([y, ...scope.updates.values(), ...found]) - 6).toBe(7)
  })
})

describe('dropout', () => {
  const shape = [50, 40]
  const rate = 0.3
  const graph = new Graph()
  const x = graph.input('x', 'float32', shape)
  const y = layerOf({ type: 'dropout', rate }).lower(new RecordingScope(graph, true), [x])
  const [slope] = gradients(sumOf(y), [x])
  const ones = { shape, data: new Float64Array(2000).fill(1) }
  const run = (key: readonly number[]): Float64Array[] =>
    evaluateGraph([y, slope], new Map([['x', ones], ['key', { shape: [2], data: Float64Array.from(key) }]])).map(({ data }) => data)

  test('values are zero or scaled by 1 / (1 − rate); the gradient is the same mask', () => {
    const [values, gradient] = run([12345, 678])
    for (const value of values) expect([0, 1 / (1 - rate)]).toContain(value)
    expect(gradient).toEqual(values)
  })

  test('the fraction dropped is the rate, and another key drops others', () => {
    const dropped = [[1, 2], [3, 4], [-5, 6], [7, -8]].map((key) => run(key)[0].filter((value) => value === 0).length)
    const total = dropped.reduce((sum, count) => sum + count, 0)
    expect(Math.abs(total / 8000 - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / 8000))
    expect(run([1, 2])[0]).not.toEqual(run([3, 4])[0])
    expect(run([1, 2])[0]).toEqual(run([1, 2])[0])
  })

  test('an element is kept when its bits reach rate · 2³² above the least int32', () => {
    const [values] = run([0, 0])
    const threshold = Math.round(rate * 2 ** 32) - 2 ** 31
    const bits = [...randomBitsTable(2000)].map((entry) => {
      let h = entry ^ (entry >>> 15)
      h = Math.imul(h, 0x2c1b3c6d)
      return h ^ (h >>> 12)
    })
    expect([...values].map((value) => value !== 0)).toEqual(bits.map((each) => each >= threshold))
  })

  test.each([
    [0.5, 0],
    [0.25, -(2 ** 30)],
    [0.75, 2 ** 30],
  ])('at rate %d the bits are compared with %i', (rate, threshold) => {
    const graph = new Graph()
    layerOf({ type: 'dropout', rate }).lower(new RecordingScope(graph, true), [graph.input('x', 'float32', [4])])
    const [comparison] = graph.tensors.filter(({ op }) => op === 'greaterEqual')
    expect(scalarValue(comparison.inputs[1])).toBe(threshold)
  })

  test('a rate just below one drops nearly everything, and still compiles', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [4])
    expect(() => layerOf({ type: 'dropout', rate: 1 - 1e-12 }).lower(new RecordingScope(graph, true), [x])).not.toThrow()
  })
})

describe('batch normalization', () => {
  test('its second derivatives are those of the plain formula, although it moves the batch by a constant', () => {
    const shape = [5, 2]
    const direction = normal(shape, 'direction')
    const feeds = (step: number): Map<string, Values> => {
      const x = normal(shape, 'x')
      const moved = x.data.map((value, at) => value + step * direction.data[at])
      return new Map<string, Values>([
        ['x', { shape, data: moved }],
        ['dy', normal(shape, 'dy')],
        ['direction', direction],
        ['gamma', { shape: [2], data: Float64Array.of(1.5, -0.5) }],
        ['beta', { shape: [2], data: Float64Array.of(0.1, 0.2) }],
      ])
    }
    const graph = new Graph()
    const x = graph.input('x', 'float32', shape)
    const y = layerOf({ type: 'batchNormalization' }).lower(new RecordingScope(graph, true), [x])
    const [slope] = gradients(sumOf(mul(mul(y, y), graph.input('dy', 'float32', shape))), [x])
    const [curvature] = gradients(sumOf(mul(slope, graph.input('direction', 'float32', shape))), [x])
    const h = 1e-5
    const [after] = evaluateGraph([slope], feeds(h))
    const [before] = evaluateGraph([slope], feeds(-h))
    const [found] = evaluateGraph([curvature], feeds(0))
    found.data.forEach((value, at) => expect(value).toBeCloseTo((after.data[at] - before.data[at]) / (2 * h), 6))
  })

  test('a batch of one row keeps a finite running variance in the PyTorch dialect', () => {
    const graph = new Graph()
    const scope = new RecordingScope(graph, true)
    layerOf({ type: 'batchNormalization', dialect: 'pytorch' }).lower(scope, [graph.input('x', 'float32', [1, 2])])
    const zero = { shape: [2], data: new Float64Array(2) }
    const fed = new Map<string, Values>([['x', { shape: [1, 2], data: Float64Array.of(3, 4) }], ['movingMean', zero], ['movingVariance', zero]])
    for (const [name, next] of scope.updates) expect([...evaluateGraph([next], fed)[0].data].every(Number.isFinite), name).toBe(true)
  })

  test('outside of training nothing is updated', () => {
    const graph = new Graph()
    const scope = new RecordingScope(graph, false)
    layerOf({ type: 'batchNormalization' }).lower(scope, [graph.input('x', 'float32', [3, 2])])
    expect(scope.updates.size).toBe(0)
  })
})

test('padding "same" puts the odd row and column at the bottom and right', () => {
  const graph = new Graph()
  const scope = new RecordingScope(graph, true)
  const y = layerOf({ type: 'conv2d', filters: 1, kernelSize: 2, padding: 'same', useBias: false }).lower(scope, [graph.input('x', 'float32', [1, 1, 2, 2])])
  const [{ data }] = evaluateGraph([y], new Map([['x', { shape: [1, 1, 2, 2], data: Float64Array.of(1, 2, 3, 4) }], ['kernel', { shape: [1, 1, 2, 2], data: Float64Array.of(1, 1, 1, 1) }]]))
  expect([...data]).toEqual([10, 6, 7, 4])
})
