import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { smooth } from '@renderer/charts/smooth'

describe('smoothing', () => {
  it('is the debiased moving average, written out', () => {
    const y = [3, 1, 4, 1, 5, 9, 2, 6]
    const weight = 0.6
    const expected = y.map((_, last) => {
      const parts = y.slice(0, last + 1).map((value, index) => [(1 - weight) * weight ** (last - index), value] as const)
      return parts.reduce((sum, [share, value]) => sum + share * value, 0) / (1 - weight ** (last + 1))
    })
    smooth(y, weight).forEach((value, index) => expect(value).toBeCloseTo(expected[index], 12))
  })

  it('begins at the first value and leaves a constant as it is', () => {
    expect(smooth([5, 1], 0.99)[0]).toBe(5)
    fc.assert(fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 0, max: 0.99, noNaN: true }), (value, weight) => smooth([value, value, value], weight).every((each) => Math.abs(each - value) <= 1e-9 * Math.max(1, Math.abs(value)))))
  })

  it('does nothing at weight 0, stays within the values, leaves a gap where a value is not finite and goes on behind it', () => {
    expect([...smooth([3, 1, 2], 0)]).toEqual([3, 1, 2])
    expect([...smooth([NaN, 1, NaN, Infinity, 4], 0.5)]).toEqual([NaN, 1, NaN, NaN, 3])
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (y, weight) => {
        const slack = 1e-6
        return smooth(y, weight).every((each) => each >= Math.min(...y) - slack && each <= Math.max(...y) + slack)
      }),
    )
  })
})
