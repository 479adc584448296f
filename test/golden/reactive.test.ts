import { describe, expect, it, test } from 'vitest'
import { momentumAt, rateAt, scheduleRegistry, scheduleSchema, schedules } from '@shared/catalog/schedules'
import { resolved } from '@test/golden/optimizers.runs'
import { ReferenceUpdate } from '@test/golden/optimizers.update'
import fixture from '../fixtures/optimizers/reactive.json'

describe('momentum against the rate, as PyTorch moves it', () => {
  test.each(fixture.cycles)('$name', ({ optimizer, schedule, momenta, rates, path }) => {
    const settled = resolved(optimizer)
    const parsed = scheduleSchema.parse(schedule)
    const context = { base: settled.learningRate, totalSteps: 1000, stepsPerEpoch: 10 }
    const [rate, momentum] = [rateAt(parsed, context), momentumAt(parsed, context)]
    const update = new ReferenceUpdate(settled, fixture.start, true, true)
    for (const [step, expected] of path.entries()) {
      expect(rate(step)).toBeCloseTo(rates[step], 12)
      expect(momentum?.(step)).toBeCloseTo(momenta[step], 12)
      const gradient = Array.from(update.weight, (value, at) => fixture.curvature[at] * value)
      update.advance(gradient, rate(step), momentum?.(step))
      for (const [at, value] of update.weight.entries()) expect(value).toBeCloseTo(expected[at], 9)
    }
  })

  it('is within its bounds on any schedule, lowest where the rate is highest', () => {
    for (const { type } of schedules) {
      const parsed = scheduleSchema.parse({ type, momentum: { low: 0.6, high: 0.9 }, warmup: { steps: 10 } })
      const context = { base: 0.1, totalSteps: 100, stepsPerEpoch: 10 }
      const [rate, momentum] = [rateAt(parsed, context), momentumAt(parsed, context)]
      const values = Array.from({ length: 100 }, (_, step) => momentum?.(step) ?? Number.NaN)
      expect(values.every((value) => value >= 0.6 - 1e-12 && value <= 0.9 + 1e-12)).toBe(true)
      const highest = values.indexOf(Math.min(...values))
      expect(rate(highest)).toBeCloseTo(Math.max(...values.map((_, step) => rate(step))), 12)
      expect(values[0]).toBeCloseTo(0.9, 12)
    }
    expect(momentumAt(scheduleSchema.parse('cosine'), { base: 1, totalSteps: 5, stepsPerEpoch: 1 })).toBeNull()
  })
})

test.each(fixture.radam)('RAdam of PyTorch: $optimizer', ({ optimizer, path }) => {
  const settled = resolved(optimizer)
  const update = new ReferenceUpdate(settled, fixture.start)
  for (const expected of path) {
    update.advance(Array.from(update.weight, (value, at) => fixture.curvature[at] * value), settled.learningRate)
    for (const [at, value] of update.weight.entries()) expect(value).toBeCloseTo(expected[at], 9)
  }
})

describe('rates reduced on plateaus', () => {
  test.each(fixture.plateaus)('$name', ({ schedule, values, rates }) => {
    const options = scheduleSchema.parse({ type: 'plateau', ...schedule })
    const definition = scheduleRegistry.get('plateau')
    let [memory, rate]: [readonly number[], number] = [[], 1]
    const found = values.map((value) => {
      // As a checkpoint keeps it.
      const reaction = definition?.react?.(value, JSON.parse(JSON.stringify(memory)) as number[], options.direction === 'higher' ? -1 : 1, options)
      memory = reaction?.memory ?? []
      rate = Math.min(rate, Math.max(rate * (reaction?.factor ?? 1), definition?.lowest?.(options) ?? 0))
      return rate
    })
    expect(new Set(rates).size).toBeGreaterThan(2)
    // Keras keeps rates in float32.
    for (const [at, expected] of rates.entries()) expect(found[at] / expected).toBeCloseTo(1, 6)
  })
})
