import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { position, roundExtent, roundStep, ticks, valueAt } from '@renderer/charts/scale'

const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true })

describe('scales', () => {
  it('a logarithmic axis has no place for what is not positive', () => {
    expect(position('log', 0)).toBeNaN()
    expect(position('log', -1)).toBeNaN()
    expect(position('linear', -1)).toBe(-1)
  })

  it('places and values are each other’s inverse', () => {
    fc.assert(fc.property(positive, (value) => Math.abs(valueAt('log', position('log', value)) / value - 1) < 1e-9))
  })

  it.each([
    [0.03, 0.05],
    [1, 1],
    [1.0001, 2],
    [26, 50],
    [7e-9, 1e-8],
  ])('rounds a step of %s up to %s', (least, step) => expect(roundStep(least)).toBeCloseTo(step, 12))

  it('gives ticks without rounding errors', () => {
    expect(ticks('linear', 0, 0.6, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    expect(ticks('linear', -3, 10, 5)).toEqual([0, 5, 10])
    expect(ticks('log', 1e-6, 1, 3)).toEqual([1e-6, 1e-4, 1e-2, 1])
    expect(ticks('log', 0.01, 3, 6)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2])
  })

  it('gives a narrow axis two ticks at least', () => {
    expect(ticks('linear', 0.02, 30, 2)).toEqual([10, 20, 30])
    expect(ticks('linear', 0.3, 1.1, 1)).toEqual([0.5, 1])
  })

  it('uses equal steps where a logarithmic axis spans less than a power of ten', () => {
    expect(ticks('log', 0.9, 1, 5)).toEqual([0.9, 0.92, 0.94, 0.96, 0.98, 1])
  })

  it('has ascending ticks within the range, and never a flood of them', () => {
    const range = fc.tuple(positive, positive).filter(([a, b]) => b > a * 1.000001)
    fc.assert(
      fc.property(fc.constantFrom('linear', 'log'), range, fc.integer({ min: 2, max: 12 }), (scale, [from, to], count) => {
        const found = ticks(scale, from, to, count)
        const slack = 1e-6 * (to - from)
        expect(found.every((tick) => tick >= from - slack && tick <= to + slack)).toBe(true)
        expect(found.every((tick, index) => index === 0 || tick > found[index - 1])).toBe(true)
        expect(found.length).toBeLessThanOrEqual(3 * count + 4)
      }),
    )
  })

  it('widens a range to round ends that hold it', () => {
    expect(roundExtent('linear', 0.02, 2.31, 5)).toEqual([0, 2.5])
    expect(roundExtent('linear', 3, 3, 5)).toEqual([2.7, 3.3])
    expect(roundExtent('linear', 0, 0, 5)).toEqual([-1, 1])
    expect(roundExtent('log', 0.03, 2.4, 5)).toEqual([0.02, 5])
    const values = fc.tuple(positive, positive)
    fc.assert(
      fc.property(fc.constantFrom('linear', 'log'), values, (scale, [a, b]) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const [from, to] = roundExtent(scale, low, high, 5)
        expect(from).toBeLessThanOrEqual(low * (1 + 1e-6))
        expect(to).toBeGreaterThanOrEqual(high * (1 - 1e-6))
        expect(to).toBeGreaterThan(from)
      }),
    )
  })
})
