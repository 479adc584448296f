import { describe, expect, it } from 'vitest'
import { sparklinePath } from '@renderer/charts/sparkline'

describe('sparklines', () => {
  it('span the box, the largest value on top', () => {
    expect(sparklinePath({ x: [1, 2, 3], y: [4, 2, 0] }, 100, 20)).toBe('M0.0 0.0L50.0 10.0L100.0 20.0')
  })

  it('break where a value is not finite', () => {
    expect(sparklinePath({ x: [0, 1, 2, 3, 4], y: [1, 0, NaN, 0, 1] }, 40, 10)).toBe('M0.0 0.0L10.0 10.0M30.0 10.0L40.0 0.0')
  })

  it('show the extremes of every pixel of many points, at a cost that does not grow', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, index) => index)
    const path = sparklinePath({ x, y: x.map((each) => (each === 70_001 ? 5 : each === 20_001 ? -5 : 0)) }, 40, 10)
    expect(path.length).toBeLessThan(1000)
    expect(path).toContain('28.0 0.0')
    expect(path).toContain('8.0 10.0')
  })

  it('lie between the ends of a given range', () => {
    expect(sparklinePath({ x: [0, 1, 2], y: [0.5, 0.25, 1] }, 20, 8, [0, 1])).toBe('M0.0 4.0L10.0 6.0L20.0 0.0')
  })

  it('lie in the middle where nothing changes, and are empty where there is no curve', () => {
    expect(sparklinePath({ x: [0, 1], y: [3, 3] }, 10, 10)).toBe('M0.0 5.0L10.0 5.0')
    expect(sparklinePath({ x: [0, 1], y: [3, Infinity] }, 10, 10)).toBe('')
    expect(sparklinePath({ x: [], y: [] }, 10, 10)).toBe('')
  })
})
