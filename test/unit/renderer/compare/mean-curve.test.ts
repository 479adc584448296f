import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { interpolate, meanCurve } from '@renderer/views/compare/mean-curve'

describe('mean curves', () => {
  it('are means and extremes at common steps', () => {
    const { x, mean, low, high, cut } = meanCurve([{ x: [1, 2, 3], y: [1, 2, 3] }, { x: [1, 2, 3], y: [3, 6, 9] }], 'range')
    expect(cut).toBe(false)
    expect([...x]).toEqual([1, 2, 3])
    expect([...mean]).toEqual([2, 4, 6])
    expect([...low]).toEqual([1, 2, 3])
    expect([...high]).toEqual([3, 6, 9])
  })

  it('have a band of one sample deviation', () => {
    const { mean, low, high } = meanCurve([{ x: [1], y: [1] }, { x: [1], y: [2] }, { x: [1], y: [3] }], 'deviation')
    expect([mean[0], low[0], high[0]]).toEqual([2, 1, 3])
    const alone = meanCurve([{ x: [1], y: [5] }], 'deviation')
    expect([alone.low[0], alone.high[0]]).toEqual([5, 5])
  })

  it('interpolate what was measured at other steps, as far as all reach', () => {
    const { x, mean, cut } = meanCurve([{ x: [0, 1, 2, 3, 4, 5], y: [0, 1, 2, 3, 4, 5] }, { x: [1, 4], y: [10, 40] }], 'range')
    expect(cut).toBe(true)
    expect([...x]).toEqual([1, 2, 3, 4])
    expect([...mean]).toEqual([5.5, 11, 16.5, 22])
  })

  it('let the others speak where one has no finite value', () => {
    const { mean, low, high } = meanCurve([{ x: [1, 2], y: [NaN, 2] }, { x: [1, 2], y: [4, 6] }], 'range')
    expect([mean[0], low[0], high[0]]).toEqual([4, 4, 4])
    expect([mean[1], low[1], high[1]]).toEqual([4, 2, 6])
    expect(meanCurve([{ x: [1], y: [NaN] }], 'range').mean[0]).toBeNaN()
  })

  it('are empty where nothing is common', () => {
    expect(meanCurve([], 'range').x).toHaveLength(0)
    expect(meanCurve([{ x: [1, 2], y: [1, 2] }, { x: [5, 6], y: [1, 2] }], 'range').x).toHaveLength(0)
  })

  it('stay between lowest and highest', () => {
    const curve = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 20 }).map((y) => ({ x: y.map((_, index) => index), y }))
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 5 }), (curves) => {
        const { mean, low, high } = meanCurve(curves, 'range')
        return mean.every((value, at) => value >= low[at] - 1e-9 && value <= high[at] + 1e-9)
      }),
    )
  })

  it('interpolate exactly at the points', () => {
    expect([...interpolate({ x: [1, 3, 3, 5], y: [10, 30, 35, 50] }, Float64Array.of(0, 1, 2, 3, 4, 5, 6))]).toEqual([NaN, 10, 20, 30, 42.5, 50, NaN])
  })
})
