import { describe, expect, it } from 'vitest'
import { decimateBand } from '@renderer/charts/band'
import { traceCurve } from '@renderer/charts/curve-shape'
import { nearest, readAt } from '@renderer/charts/readout'
import { panned, shareOf, valueAtShare, within, zoomed } from '@renderer/charts/zoom'

describe('bands', () => {
  it('hold every low and every high', () => {
    const x = Float64Array.from({ length: 1000 }, (_, index) => index)
    const low = x.map((each) => Math.sin(each))
    const high = low.map((each) => each + 1)
    high[500] = 50
    const band = decimateBand({ id: 'a', color: 'red', x, low, high }, 0, 999, 40)
    expect(band.x.length).toBeLessThanOrEqual(41)
    expect([band.x[0], band.x[band.x.length - 1]]).toEqual([0, 999])
    expect(Math.max(...Array.from(band.high))).toBe(50)
    expect(Math.min(...Array.from(band.low))).toBe(Math.min(...low))
  })

  it('are empty beyond their curve', () => {
    expect(decimateBand({ id: 'a', color: 'red', x: [], low: [], high: [] }, 0, 1, 10).x).toHaveLength(0)
  })
})

describe('curve shapes', () => {
  function trace(xy: number[], closed: boolean): string {
    const strokes: string[] = []
    traceCurve({ moveTo: (x, y) => strokes.push(`M${x},${y}`), lineTo: (x, y) => strokes.push(`L${x},${y}`), closePath: () => strokes.push('Z') }, { xy: Float64Array.from(xy), closed })
    return strokes.join(' ')
  }

  it('lift the pen where nothing is', () => {
    expect(trace([0, 1, 1, 2, 2, NaN, 3, 4, 4, 5], false)).toBe('M0,1 L1,2 M3,4 L4,5')
    expect(trace([0, 1, 1, 2, NaN, NaN, 3, 4], true)).toBe('M0,1 L1,2 Z M3,4 Z')
    expect(trace([], true)).toBe('')
  })
})

describe('reading', () => {
  const line = { color: 'red', points: { x: [0, 10, 20], y: [1, 5, 3] } }
  const series = [
    { ...line, id: 'a', name: 'a' },
    { ...line, id: 'b', name: 'b', points: { x: [0, 8], y: [2, 9] }, dashed: true },
    { ...line, id: 'c', name: 'c', points: { x: [9], y: [NaN] } },
    { ...line, id: 'd', name: 'd', faint: true },
  ]

  it('takes the nearest point of every curve, highest first, not a number last', () => {
    expect(readAt(series, 9, 5).map(({ id, x, y }) => [id, x, y])).toEqual([['b', 8, 9], ['a', 10, 5], ['c', 9, NaN]])
  })

  it('leaves out curves that have ended', () => {
    expect(readAt(series, 19, 2).map(({ id }) => id)).toEqual(['a'])
  })

  it('prefers the earlier of two that are as near', () => {
    expect([nearest([0, 10], 5), nearest([0, 10], 5.1), nearest([0, 10], 99), nearest([0, 10], -1), nearest([], 1)]).toEqual([0, 1, 1, 0, -1])
  })
})

describe('zoom', () => {
  it('finds the value under a place and the place of a value', () => {
    expect(valueAtShare([10, 30], 'linear', 0.25)).toBe(15)
    expect(valueAtShare([1, 100], 'log', 0.5)).toBeCloseTo(10)
    expect(shareOf([1, 100], 'log', 10)).toBeCloseTo(0.5)
  })

  it('keeps what is under the pointer there', () => {
    const range = zoomed([0, 100], [0, 100], 'linear', 0.5, 0.2)
    expect(range).toEqual([10, 60])
    expect(valueAtShare(range ?? [0, 0], 'linear', 0.2)).toBe(20)
  })

  it('shows everything when it is wider than everything', () => {
    expect(zoomed([10, 60], [0, 100], 'linear', 10, 0.5)).toBeNull()
    expect(within([-5, 200], [0, 100])).toBeNull()
    expect(within([20, 20], [0, 100])).toBeNull()
  })

  it('moves as far as there is something', () => {
    expect(panned([10, 30], [0, 100], 'linear', 0.5)).toEqual([20, 40])
    expect(panned([10, 30], [0, 100], 'linear', -5)).toEqual([0, 20])
    expect(panned([10, 30], [0, 100], 'linear', 50)).toEqual([80, 100])
  })
})
