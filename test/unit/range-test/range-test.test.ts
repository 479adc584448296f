import { describe, expect, it } from 'vitest'
import { rateAt } from '@shared/catalog/schedules'
import { parseRangeTest, RANGE_TEST, rangeTestDocument, readRangeTest } from '@shared/range-test'
import { need, parseDocument } from '@shared/spec'

const rates = Array.from({ length: 100 }, (_, step) => 1e-6 * 1e7 ** (step / 99))

describe('what a range test says', () => {
  it('the rate at which the loss falls fastest, where it is lowest, and where it blows up', () => {
    // Falls along a logistic curve in log10 of the rate, centered at 1e-3; blows up from 1 on.
    const losses = rates.map((rate) => 0.5 + 2 / (1 + 10 ** (2 * (Math.log10(rate) + 3))) + (rate > 1 ? rate ** 2 : 0))
    const { suggested, highest, diverged, smoothed } = readRangeTest(rates, losses)
    expect(suggested).toBeGreaterThan(0.8e-3)
    expect(suggested).toBeLessThan(1.25e-3)
    expect(highest).toBeGreaterThan(0.3)
    expect(highest).toBeLessThanOrEqual(1)
    expect(diverged).toBeGreaterThan(1)
    expect(smoothed.length).toBeLessThan(100)
  })

  it('nothing where the loss never falls', () => {
    expect(readRangeTest(rates, rates.map((_, step) => 1 + step))).toMatchObject({ suggested: null })
    expect(readRangeTest([], [])).toEqual({ rates: [], smoothed: [], suggested: null, highest: null, diverged: null })
  })

  it('a loss that is no number has blown up', () => {
    const losses = rates.map((_, step) => (step < 60 ? 3 - step / 30 : Number.NaN))
    expect(readRangeTest(rates, losses).diverged).toBe(rates[60])
  })
})

describe('its settings', () => {
  it('have defaults, and name what is wrong with them', () => {
    expect(parseRangeTest({ steps: 50 })).toEqual({ ok: true, value: { from: 1e-6, to: 10, steps: 50 } })
    const issuesOf = (settings: object) => {
      const parsed = parseRangeTest(settings)
      return parsed.ok ? [] : parsed.issues.map(({ code, path }) => [code, ...path])
    }
    expect(issuesOf({ from: 1, to: 0.1 })).toEqual([['training-range-falls', 'to']])
    expect(issuesOf({ from: 0, steps: 1 })).toEqual([['document-too-small', 'from'], ['document-too-small', 'steps']])
    expect(issuesOf({ to: Number.NaN })).toEqual([['document-wrong-type', 'to']])
  })
})

describe('its experiment', () => {
  it('is a valid document whose rate rises from one end to the other', () => {
    const parsed = need(parseDocument({ format: 1, dataset: { type: 'iris' }, model: { nodes: [{ type: 'dense', units: 3, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'adam', schedule: 'cosine', averaging: 'ema', stopping: ['earlyStopping'] } }))
    const { training } = need(parseDocument(JSON.parse(JSON.stringify(rangeTestDocument(parsed)))))
    expect(training).toMatchObject({ stopping: [{ type: 'steps', steps: 100 }], optimizer: { type: 'adam', learningRate: 1e-6 } })
    expect(training.averaging).toBeUndefined()
    const rate = rateAt(training.schedule, { base: 1e-6, totalSteps: 100, stepsPerEpoch: 4 })
    expect(rate(0)).toBeCloseTo(RANGE_TEST.from, 12)
    expect(rate(99)).toBeCloseTo(RANGE_TEST.to, 9)
  })
})
