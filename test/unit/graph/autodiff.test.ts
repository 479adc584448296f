import { Graph, add, evaluateGraph, exp, gradients, matmul, mul, reachable, reduceMean, reduceSum, relu, reshape, stopGradient, sub, variance } from '@shared/graph'
import type { Tensor, Values } from '@shared/graph'
import { describe, expect, test } from 'vitest'

const vector = (...data: number[]): Values => ({ shape: [data.length], data: Float64Array.from(data) })
const scalar = (value: number): Values => ({ shape: [], data: Float64Array.of(value) })
const total = (x: Tensor): Tensor => reduceSum(x, { axes: x.shape.map((_, axis) => axis) })
const valuesOf = (tensors: readonly Tensor[], feeds: Record<string, Values>): number[][] =>
  evaluateGraph(tensors, new Map(Object.entries(feeds))).map(({ data }) => [...data])

describe('gradients', () => {
  test('adds up over all paths', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [])
    const square = mul(x, x)
    const y = add(add(square, mul(square, x)), x)
    expect(valuesOf(gradients(y, [x]), { x: scalar(3) })).toEqual([[2 * 3 + 3 * 9 + 1]])
  })

  test('is 1 for the differentiated tensor itself', () => {
    const x = new Graph().input('x', 'float32', [])
    expect(valuesOf(gradients(x, [x]), { x: scalar(3) })).toEqual([[1]])
  })

  test('reaches tensors in the middle, and inputs through them', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    const middle = exp(x)
    const y = total(mul(middle, middle))
    expect(valuesOf(gradients(y, [x, middle]), { x: vector(0, 1) })).toEqual([
      [2, 2 * Math.E * Math.E],
      [2, 2 * Math.E],
    ])
  })

  test('reaches a reshaped tensor that is used reshaped again', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [4])
    const matrix = reshape(exp(x), [2, 2])
    const [found] = gradients(total(mul(reshape(matrix, [4, 1]), reshape(matrix, [4, 1]))), [matrix])
    expect(found.shape).toEqual([2, 2])
    expect(valuesOf([found], { x: vector(0, 0, 1, 1) })).toEqual([[2, 2, 2 * Math.E, 2 * Math.E]])
  })

  test('is zeros of the right shape where no path leads', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    const other = graph.input('other', 'float32', [3, 2])
    const labels = graph.input('labels', 'int32', [2])
    const found = gradients(total(mul(x, stopGradient(x))), [other, labels, stopGradient(x)])
    expect(found.map(({ shape }) => shape)).toEqual([[3, 2], [2], [2]])
    expect(valuesOf(found, { x: vector(5, 7) })).toEqual([[0, 0, 0, 0, 0, 0], [0, 0], [5, 7]])
  })

  test('stops at stopGradient', () => {
    const x = new Graph().input('x', 'float32', [2])
    expect(valuesOf(gradients(total(mul(x, stopGradient(x))), [x]), { x: vector(5, 7) })).toEqual([[5, 7]])
  })

  test('has the shape of each tensor, even where it is one number spread over it', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2, 3])
    expect(gradients(reduceMean(x, { axes: [0, 1] }), [x])[0].shape).toEqual([2, 3])
  })

  test('differentiates again: Hessian-vector product of a cubic', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    const v = graph.input('v', 'float32', [2])
    const [gradient] = gradients(total(mul(mul(x, x), x)), [x])
    const [product] = gradients(total(mul(gradient, v)), [x])
    expect(valuesOf([product], { x: vector(2, -1), v: vector(1, 10) })).toEqual([[12, -60]])
  })

  test('needs a float32 scalar', () => {
    const graph = new Graph()
    expect(() => gradients(graph.input('x', 'float32', [1]), [])).toThrow('float32 [1]')
    expect(() => gradients(graph.input('i', 'int32', []), [])).toThrow('int32 []')
  })
})

describe('lean gradients', () => {
  /** Ops that `outputs` need beyond those that `given` need, without leaves. */
  const added = (outputs: readonly Tensor[], given: readonly Tensor[]): string[] => {
    const before = new Set(reachable(given))
    return reachable(outputs)
      .filter((tensor) => !before.has(tensor) && tensor.inputs.length > 0)
      .map(({ op }) => op)
      .sort()
  }

  test('a training step of a perceptron executes one op per derivative', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [8, 4])
    const target = graph.input('target', 'float32', [8, 2])
    const [w1, b1, w2, b2] = [[4, 6], [6], [6, 2], [2]].map((shape, at) => graph.input(`p${at}`, 'float32', shape))
    const hidden = relu(add(matmul(x, w1), b1))
    const error = sub(add(matmul(hidden, w2), b2), target)
    const loss = reduceMean(mul(error, error), { axes: [0, 1] })
    const found = gradients(loss, [w1, b1, w2, b2])
    expect(added(found, [loss])).toEqual(
      [
        'mul', // 2/n · error
        ...['matmul', 'reduceSum'], // w2, b2
        'matmul', // hidden
        ...['greater', 'cast', 'mul'], // relu
        ...['matmul', 'reduceSum'], // w1, b1
      ].sort(),
    )
  })

  test('the gradient of a mean is one number, spread only where it must be', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [4, 5])
    const mean = reduceMean(x, { axes: [0, 1] })
    expect(added(gradients(mean, [x]), [mean])).toEqual(['broadcastTo'])
    const meanOfExp = reduceMean(exp(x), { axes: [0, 1] })
    expect(added(gradients(meanOfExp, [x]), [meanOfExp])).toEqual(['mul'])
  })

  test('constants that meet are added up', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [4])
    const y = add(reduceMean(x, { axes: [0] }), mul(total(x), 3))
    const [found] = gradients(y, [x])
    expect(added([found], [y])).toEqual(['broadcastTo'])
    expect(valuesOf([found], {})).toEqual([[3.25, 3.25, 3.25, 3.25]])
    const cancelled = sub(total(exp(x)), total(sub(exp(x), x)))
    expect(valuesOf(gradients(cancelled, [x]), { x: vector(0, 0, 0, 0) })).toEqual([[1, 1, 1, 1]])
  })

  test('sums and scales are reduced before they are negated or spread', () => {
    const graph = new Graph()
    const [x, b, s] = [[4, 5], [5], []].map((shape, at) => graph.input(`x${at}`, 'float32', shape))
    const y = total(mul(sub(x, b), s))
    expect(added(gradients(y, [b]), [y])).toEqual(['broadcastTo', 'mul', 'neg'])
  })

  test('weights times a scalar penalty', () => {
    const graph = new Graph()
    const w = graph.input('w', 'float32', [4, 5])
    const penalty = mul(total(mul(w, w)), 0.01)
    expect(added(gradients(penalty, [w]), [penalty])).toEqual(['mul'])
  })

  test('flattening does not hinder', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [4, 5])
    const y = total(reshape(reshape(exp(x), [2, 10]), [20]))
    expect(added(gradients(y, [x]), [y])).toEqual([])
  })

  test('the gradient of the variance', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [8, 3])
    const y = total(variance(x, { axes: [0] }))
    const [found] = gradients(y, [x])
    expect(added([found], [y]).length).toBeLessThanOrEqual(6)
    const data = Float64Array.from({ length: 24 }, (_, at) => (at * 7) % 11)
    const column = (at: number): number => Array.from({ length: 8 }, (_, row) => data[row * 3 + at]).reduce((a, b) => a + b) / 8
    evaluateGraph([found], new Map([['x', { shape: [8, 3], data }]]))[0].data.forEach((value, at) => {
      expect(value).toBeCloseTo((2 / 8) * (data[at] - column(at % 3)), 12)
    })
  })
})
