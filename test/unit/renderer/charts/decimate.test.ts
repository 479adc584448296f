import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { decimate, lowerBound, upperBound } from '@renderer/charts/decimate'
import type { Scale } from '@renderer/charts/scale'

const value = fc.oneof({ weight: 8, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) })
/** Ascending x with repetitions, as seconds of steps within one dispatch have them. */
const curve = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), value), { minLength: 1, maxLength: 400 }).map((rows) => {
  let x = 1
  return { x: Float64Array.from(rows, ([gap]) => (x += gap)), y: Float64Array.from(rows, ([, y]) => y) }
})

function pairs(xy: Float64Array): [number, number][] {
  return Array.from({ length: xy.length / 2 }, (_, index) => [xy[2 * index], xy[2 * index + 1]])
}

describe('bounds', () => {
  it('are those of a linear search', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: -5, max: 1500 }), ({ x }, at) => {
        const list = Array.from(x)
        const first = (test: (each: number) => boolean): number => (list.findIndex(test) < 0 ? list.length : list.findIndex(test))
        expect(lowerBound(x, at)).toBe(first((each) => each >= at))
        expect(upperBound(x, at)).toBe(first((each) => each > at))
      }),
    )
  })
})

describe('decimation', () => {
  it('keeps every point where there are few', () => {
    expect(pairs(decimate({ x: [1, 2, 3], y: [5, NaN, 7] }, 1, 3, 10))).toEqual([[1, 5], [2, NaN], [3, 7]])
  })

  it('keeps a spike of one point among 200,000, and its place', () => {
    const x = Float64Array.from({ length: 200_000 }, (_, index) => index)
    const y = Float64Array.from(x, (each) => Math.sin(each))
    y[123_456] = 99
    const points = pairs(decimate({ x, y }, 0, 199_999, 600))
    expect(points.length).toBeLessThanOrEqual(2 * 600 + 4)
    expect(points).toContainEqual([123_456, 99])
  })

  it.each<Scale>(['linear', 'log'])('keeps the extremes of every column of a %s axis', (scale) => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 2, max: 12 }), ({ x, y }, columns) => {
        const [from, to] = [x[0], x[x.length - 1]]
        const kept = pairs(decimate({ x, y }, from, to, columns, scale))
        const place = (at: number): number => (scale === 'log' ? Math.log10(at) : at)
        const width = (place(to) - place(from)) / columns
        for (let column = 0; column < columns; column++) {
          // A hair inside: which column a point on the edge belongs to is free.
          const left = place(from) + column * width + 1e-9
          const right = place(from) + (column + 1) * width - 1e-9
          const inside = Array.from(x.keys()).filter((index) => place(x[index]) > left && place(x[index]) < right && Number.isFinite(y[index]))
          if (inside.length === 0) continue
          const ys = inside.map((index) => y[index])
          const shown = kept.filter(([at]) => place(at) > left - 2e-9 && place(at) < right + 2e-9).map(([, each]) => each).filter((each) => Number.isFinite(each))
          expect(Math.min(...shown)).toBeLessThanOrEqual(Math.min(...ys))
          expect(Math.max(...shown)).toBeGreaterThanOrEqual(Math.max(...ys))
        }
      }),
    )
  })

  it('gives real points in their order, the first and the last among them', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 2, max: 50 }), ({ x, y }, columns) => {
        const kept = pairs(decimate({ x, y }, x[0], x[x.length - 1], columns))
        let at = 0
        for (const [keptX, keptY] of kept) {
          while (at < x.length && !(x[at] === keptX && Object.is(y[at], keptY))) at++
          expect(at).toBeLessThan(x.length)
        }
        expect(kept[0]).toEqual([x[0], y[0]])
        expect(kept.at(-1)).toEqual([x[x.length - 1], y[y.length - 1]])
      }),
    )
  })

  it('keeps one neighbor on each side of a part, so that lines reach its edges', () => {
    const x = [0, 10, 20, 30, 40, 50]
    expect(pairs(decimate({ x, y: x }, 21, 29, 100)).map(([at]) => at)).toEqual([20, 30])
    expect(pairs(decimate({ x, y: x }, 20, 30, 100)).map(([at]) => at)).toEqual([10, 20, 30, 40])
    expect(decimate({ x: [], y: [] }, 0, 1, 100)).toHaveLength(0)
  })

  it('leaves a gap where a column has no finite value, and one only', () => {
    const x = Float64Array.from({ length: 1000 }, (_, index) => index)
    const y = x.map((each) => (each >= 400 && each < 600 ? NaN : each))
    const gaps = pairs(decimate({ x, y }, 0, 999, 50)).filter(([, each]) => Number.isNaN(each))
    expect(gaps.length).toBeGreaterThan(0)
    expect(gaps.length).toBeLessThanOrEqual(12)
  })

  it('shows the beginning of a logarithmic axis point by point', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, index) => index + 1)
    const kept = pairs(decimate({ x, y: x.map((each) => Math.sin(each)) }, 1, 100_000, 500, 'log')).map(([at]) => at)
    expect(kept.filter((at) => at <= 30)).toHaveLength(30)
  })
})
