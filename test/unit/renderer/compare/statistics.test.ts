import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { randomSource } from '@shared/lib/random'
import { pairedDifference, spreadOf, student95 } from '@renderer/views/compare/statistics'

describe('Student’s t', () => {
  // Found by integrating the density (test/unit/renderer/compare, Simpson's rule with 200,000 intervals).
  it.each([
    [2, 4.302652729749639],
    [7, 2.3646242515934546],
    [30, 2.0422724563007932],
    [31, 2.0395134463961995],
    [60, 2.0002978220139767],
    [200, 1.971896223633962],
  ])('has its 95%% point for %s degrees of freedom', (degrees, expected) => expect(Math.abs(student95(degrees) - expected)).toBeLessThan(5e-5))

  it('falls with the degrees of freedom toward the normal one', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), (degrees) => student95(degrees) > student95(degrees + 1) && student95(degrees) > 1.9599))
    expect(student95(0)).toBe(Infinity)
  })
})

describe('spread', () => {
  it('is of a sample', () => {
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({ count: 8, mean: 5 })
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9]).deviation).toBeCloseTo(2.13809, 5)
    expect(spreadOf([3])).toEqual({ count: 1, mean: 3, deviation: NaN })
    expect(spreadOf([]).mean).toBeNaN()
  })
})

describe('paired differences', () => {
  it('are those of a textbook', () => {
    // Differences 1, 2, 3: mean 2, sd 1, margin 4.3027 / √3.
    const difference = pairedDifference(new Map([[1, 11], [2, 22], [3, 33], [9, 0]]), new Map([[1, 10], [2, 20], [3, 30], [8, 0]]))
    expect(difference?.pairs).toBe(3)
    expect(difference?.mean).toBe(2)
    expect(difference?.low).toBeCloseTo(2 - 4.3027 / Math.sqrt(3), 4)
    expect(difference?.high).toBeCloseTo(2 + 4.3027 / Math.sqrt(3), 4)
  })

  it('need two pairs', () => {
    expect(pairedDifference(new Map([[1, 1]]), new Map([[1, 2]]))).toBeNull()
    expect(pairedDifference(new Map([[1, 1], [2, 2]]), new Map([[3, 1], [4, 2]]))).toBeNull()
  })

  it('hold the true difference in 95 of 100 experiments', () => {
    const random = randomSource(1, 'paired')
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
    let held = 0
    for (let experiment = 0; experiment < 4000; experiment++) {
      const [a, b] = [new Map<number, number>(), new Map<number, number>()]
      for (let seed = 0; seed < 5; seed++) {
        const common = 10 * normal()
        a.set(seed, common + 0.5 + normal())
        b.set(seed, common + normal())
      }
      const difference = pairedDifference(a, b)
      if (difference !== null && difference.low <= 0.5 && difference.high >= 0.5) held++
    }
    // ± 4 standard errors of a share of 0.95 in 4000.
    expect(Math.abs(held / 4000 - 0.95)).toBeLessThan(0.0138)
  })
})
