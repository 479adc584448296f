import { describe, expect, test } from 'vitest'
import { normalNoise } from '@shared/catalog/layers/parts/normal-noise'
import { evaluateGraph, Graph, gradients, reduceSum, type Shape, type Tensor, type Values } from '@shared/graph'
import { executeFloat32 } from './float32'
import { layerOf, RecordingScope } from './lowering'

/** The layer on ones, in training; and its gradient. */
function lowered(written: Readonly<Record<string, unknown>>, shape: Shape) {
  const graph = new Graph()
  const x = graph.input('x', 'float32', shape)
  const y = layerOf(written).lower(new RecordingScope(graph, true), [x])
  const [slope] = gradients(reduceSum(y, { axes: shape.map((_, axis) => axis) }), [x])
  const ones = { shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(1) }
  const feeds = (key: readonly number[]) => new Map<string, Values>([['x', ones], ['key', { shape: [2], data: Float64Array.from(key) }]])
  return { graph, y, slope, feeds, run: (key: readonly number[]): Float64Array[] => evaluateGraph([y, slope], feeds(key)).map(({ data }) => data) }
}

describe('spatial dropout', () => {
  const rate = 0.3
  const { run } = lowered({ type: 'spatialDropout2d', rate }, [40, 25, 2, 3])

  test('drops whole channels, scales the others, and the gradient is the same mask', () => {
    const [values, gradient] = run([12345, 678])
    for (let at = 0; at < values.length; at += 6) {
      expect([0, 1 / (1 - rate)]).toContain(values[at])
      expect(new Set(values.subarray(at, at + 6)).size).toBe(1)
    }
    expect(gradient).toEqual(values)
  })

  test('the fraction dropped is the rate, and another key drops others', () => {
    const dropped = [[1, 2], [3, 4], [-5, 6], [7, -8]].reduce((total, key) => total + run(key)[0].filter((value) => value === 0).length / 6, 0)
    expect(Math.abs(dropped / 4000 - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / 4000))
    expect(run([1, 2])[0]).not.toEqual(run([3, 4])[0])
    expect(run([1, 2])[0]).toEqual(run([1, 2])[0])
  })
})

/** Normal values that these bits give. */
function noiseOf(graph: Graph, count: number): Tensor {
  class GivenBits extends RecordingScope {
    override randomBits(shape: Shape): Tensor {
      return this.graph.input('bits', 'int32', shape)
    }
  }
  return normalNoise(new GivenBits(graph, true), [count])
}

describe('normal noise', () => {
  // Bits, and the normal quantile of their uniform value: √2 · torch.special.erfinv(bits · (1 − 2⁻²⁴) / 2³¹) in float64.
  const quantiles = [
    [-(2 ** 31), -5.419983174916868],
    [-2147483000, -5.088265554254545],
    [-1073754169, -0.6744987483472555],
    [-1000, -5.836198397969023e-7],
    [0, 0],
    [1, 5.836198397968693e-10],
    [12345678, 0.007205244960106667],
    [2 ** 30, 0.6744897033041387],
    [2000000000, 1.820535593864805],
    [2139000000, 2.882082261454038],
    [2147000000, 3.688843487003512],
    [2147483520, 5.2947040903009075],
    [2 ** 31 - 1, 5.41859176149973],
  ]
  const bits = { shape: [quantiles.length], data: Float64Array.from(quantiles, ([each]) => each) }

  test('is the normal quantile of the bits, to 1e-6 of its size', () => {
    const [{ data }] = evaluateGraph([noiseOf(new Graph(), quantiles.length)], new Map([['bits', bits]]))
    quantiles.forEach(([each, expected], at) => expect(Math.abs(data[at] - expected), `bits ${each}`).toBeLessThanOrEqual(1e-6 * Math.abs(expected)))
  })

  test('in float32 too, and finite where the cast rounds up to 2³¹', async () => {
    const graph = new Graph()
    const [{ data }] = await executeFloat32(graph, [noiseOf(graph, quantiles.length)], new Map([['bits', bits]]))
    // In the tail one step of u in float32 is a step of several thousandths of the quantile.
    quantiles.forEach(([each, expected], at) => expect(Math.abs(data[at] - expected), `bits ${each}`).toBeLessThanOrEqual((Math.abs(expected) > 3.5 ? 0.05 : 2e-6) * Math.abs(expected)))
    expect(Math.max(...data)).toBeLessThan(5.43)
  })

  test('has the moments of a normal distribution, and normal shares within 1, 2 and 3', () => {
    const count = 20_000
    const graph = new Graph()
    const noise = normalNoise(new RecordingScope(graph, true), [count])
    const key = { shape: [2], data: Float64Array.of(987654321, -123456789) }
    const [{ data }] = evaluateGraph([noise], new Map([['key', key]]))
    const moment = (power: number): number => data.reduce((sum, value) => sum + value ** power, 0) / count
    // Four standard errors of each moment: √(E x²ᵖ − (E xᵖ)²) / √n.
    for (const [power, expected, variance] of [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]]) {
      expect(Math.abs(moment(power) - expected), `moment ${power}`).toBeLessThan(4 * Math.sqrt(variance / count))
    }
    for (const [bound, share] of [[1, 0.682689], [2, 0.9545], [3, 0.9973]]) {
      const inside = data.filter((value) => Math.abs(value) < bound).length / count
      expect(Math.abs(inside - share), `within ${bound}`).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / count))
    }
  })
})

describe('Gaussian noise', () => {
  const { graph, y, feeds, run } = lowered({ type: 'gaussianNoise', deviation: 0.25 }, [200, 10])

  test('adds noise of its deviation, the same again from the same key, and lets gradients pass', () => {
    const [values, gradient] = run([5, 6])
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - 1) ** 2, 0) / values.length)
    expect(Math.abs(spread - 0.25)).toBeLessThan((4 * 0.25) / Math.sqrt(2 * 2000))
    expect(gradient.every((each) => each === 1)).toBe(true)
    expect(run([5, 6])[0]).toEqual(values)
    expect(run([6, 5])[0]).not.toEqual(values)
  })

  test('the engine draws what the reference draws', async () => {
    const [{ data }] = await executeFloat32(graph, [y], feeds([5, 6]))
    const [expected] = run([5, 6])
    // Beyond three deviations the uniform value's steps in float32 show.
    data.forEach((value, at) => expect(Math.abs(value - expected[at])).toBeLessThan(Math.abs(expected[at] - 1) < 0.75 ? 1e-5 : 1e-3))
  })

  test('is absent in evaluation and at deviation 0', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [4])
    expect(layerOf({ type: 'gaussianNoise' }).lower(new RecordingScope(graph, false), [x])).toBe(x)
    expect(layerOf({ type: 'gaussianNoise', deviation: 0 }).lower(new RecordingScope(graph, true), [x])).toBe(x)
  })
})
