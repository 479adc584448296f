import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { evaluateGraph, Graph, sizeOf, type Shape, type Tensor } from '@shared/graph'
import { activity, BINS, histogram, moments, norm, saturation, spread } from '@shared/compile/probe/measures'

type Inputs = readonly { readonly shape: Shape; readonly data: readonly number[] }[]

/** The value that a measure of these tensors has in the float64 reference. */
function measure(inputs: Inputs, build: (graph: Graph, tensors: readonly Tensor[]) => Tensor): number[] {
  const graph = new Graph()
  const tensors = inputs.map(({ shape }, index) => graph.input(`x${index}`, 'float32', shape))
  const feeds = new Map(inputs.map(({ shape, data }, index) => [`x${index}`, { shape, data: Float64Array.from(data) }]))
  return [...evaluateGraph([build(graph, tensors)], feeds)[0].data]
}

const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 })
const values = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((value) => value / 1e6)
const tensor = shape.chain((extents) => fc.record({ shape: fc.constant(extents), data: fc.array(values, { minLength: sizeOf(extents), maxLength: sizeOf(extents) }) }))

describe('norm', () => {
  it('is that of all elements together', () => {
    fc.assert(
      fc.property(fc.array(tensor, { minLength: 1, maxLength: 3 }), (inputs) => {
        const [found] = measure(inputs, (_, tensors) => norm(tensors))
        const expected = Math.hypot(...inputs.flatMap(({ data }) => data))
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * expected)
      }),
    )
  })

  it('neither vanishes nor overflows where squares would', () => {
    expect(measure([{ shape: [2], data: [3e-25, 4e-25] }], (_, tensors) => norm(tensors))[0]).toBeCloseTo(5e-25, 36)
    expect(measure([{ shape: [2], data: [3e30, 4e30] }], (_, tensors) => norm(tensors))[0] / 5e30).toBeCloseTo(1, 12)
    expect(measure([{ shape: [2], data: [0, 0] }], (_, tensors) => norm(tensors))).toEqual([0])
  })
})

describe('moments, saturation and activity', () => {
  it('are those of the elements', () => {
    fc.assert(
      fc.property(tensor, ({ shape: extents, data }) => {
        const mean = data.reduce((sum, value) => sum + value, 0) / data.length
        const deviation = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length)
        expect(measure([{ shape: extents, data }], (_, [x]) => moments(x).mean)[0]).toBeCloseTo(mean, 10)
        expect(measure([{ shape: extents, data }], (_, [x]) => moments(x).deviation)[0]).toBeCloseTo(deviation, 7)
        const axis = extents.length === 4 ? 1 : extents.length - 1
        const after = sizeOf(extents.slice(axis + 1))
        const active = new Array<number>(extents[axis]).fill(0)
        data.forEach((value, at) => {
          if (value > 0) active[Math.floor(at / after) % extents[axis]] = 1
        })
        expect(measure([{ shape: extents, data }], (_, [x]) => activity(x))).toEqual(active)
      }),
    )
  })

  it('count outputs whose slope is below 5% of the steepest', () => {
    // tanh: 1 − y² < 0.05 from |y| = 0.9747 on; sigmoid: 4 y (1 − y) < 0.05 below 0.01266 and above 0.98734.
    expect(measure([{ shape: [1, 4], data: [0.974, 0.975, -0.975, 0] }], (_, [x]) => saturation(x, 'tanh'))).toEqual([0.5])
    expect(measure([{ shape: [1, 5], data: [0.0126, 0.0127, 0.5, 0.9873, 0.9874] }], (_, [x]) => saturation(x, 'sigmoid'))[0]).toBeCloseTo(0.4, 12)
  })
})

describe('histogram', () => {
  it('counts every element once, between ends within four deviations', () => {
    fc.assert(
      fc.property(fc.array(tensor, { minLength: 1, maxLength: 2 }), (inputs) => {
        const [low, high, ...counts] = measure(inputs, histogram)
        const data = inputs.flatMap((input) => input.data)
        const mean = data.reduce((sum, value) => sum + value, 0) / data.length
        const reach = 4 * Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length)
        expect(low).toBeCloseTo(Math.max(Math.min(...data), mean - reach), 7)
        expect(high).toBeCloseTo(Math.min(Math.max(...data), mean + reach), 7)
        const expected = new Array<number>(BINS).fill(0)
        for (const value of data) expected[Math.max(0, Math.min(BINS - 1, Math.trunc(((value - low) / Math.max(high - low, 1e-30)) * BINS)))]++
        expect(counts).toEqual(expected)
      }),
    )
  })

  it('puts what lies far out into the outer bins', () => {
    const data = [...Array.from({ length: 999 }, (_, at) => (at % 2 === 0 ? 1 : -1)), 1000]
    const [, high, ...counts] = measure([{ shape: [1000], data }], histogram)
    expect(high).toBeLessThan(200)
    expect(counts.at(-1)).toBe(1)
    expect(counts.reduce((sum, count) => sum + count)).toBe(1000)
  })
})

it('spreads its choice over units and rows of a large tensor', () => {
  const [rows, units] = [300, 64]
  const found = measure([{ shape: [rows, units], data: Array.from({ length: rows * units }, (_, at) => at) }], (_, [x]) => spread(x, 1000))
  expect(found.length).toBeLessThanOrEqual(1000)
  expect(found.length).toBeGreaterThan(800)
  expect(new Set(found.map((at) => at % units)).size).toBe(units)
  expect(new Set(found.map((at) => Math.floor(at / units))).size).toBeGreaterThan(280)
})
