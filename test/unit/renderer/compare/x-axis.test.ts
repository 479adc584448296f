import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { clockOf, xOf } from '@renderer/views/compare/x-axis'
import { runView, sliceOf } from './helpers'

/** Progress as the core counts it while it trains. */
function progress(rows: number, batchSize: number, steps: number) {
  const stepsPerEpoch = Math.ceil(rows / batchSize)
  const whole = Math.floor(steps / stepsPerEpoch)
  return { steps, epochs: steps / stepsPerEpoch, samples: whole * rows + Math.min((steps % stepsPerEpoch) * batchSize, rows) }
}

describe('x axes', () => {
  it('find epochs and samples of any step from how far the run is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }), (rows, batchSize, now, step) => {
        const perEpoch = Math.ceil(rows / batchSize)
        // The first epoch has to be over: before, nobody knows its partial last batch.
        const steps = Math.max(now, step, perEpoch)
        const run = runView('a', { ...progress(rows, batchSize, steps), document: { training: { batchSize } } })
        const expected = progress(rows, batchSize, step)
        expect(xOf(sliceOf([0], [step]), 'epoch', clockOf(run))[0]).toBeCloseTo(expected.epochs, 9)
        expect(xOf(sliceOf([0], [step]), 'samples', clockOf(run))[0]).toBeCloseTo(expected.samples, 6)
      }),
    )
  })

  it('count full batches as one step an epoch', () => {
    const run = runView('a', { steps: 5, epochs: 5, samples: 500, document: { training: { batchSize: 'full' } } })
    expect([...xOf(sliceOf([0, 0], [1, 5]), 'samples', clockOf(run))]).toEqual([100, 500])
    expect([...xOf(sliceOf([0, 0], [1, 5]), 'epoch', clockOf(run))]).toEqual([1, 5])
  })

  it('count by the batch while the first epoch lasts', () => {
    const run = runView('a', { steps: 3, epochs: 0.1, samples: 96, document: { training: { batchSize: 32 } } })
    expect([...xOf(sliceOf([0, 0], [1, 3]), 'samples', clockOf(run))]).toEqual([32, 96])
    expect(xOf(sliceOf([0], [3]), 'epoch', clockOf(run))[0]).toBeCloseTo(0.1)
  })

  it('share the recorded arrays for steps and seconds', () => {
    const slice = sliceOf([1, 2])
    const clock = clockOf(runView('a'))
    expect(xOf(slice, 'step', clock)).toBe(slice.steps)
    expect(xOf(slice, 'seconds', clock)).toBe(slice.seconds)
  })
})
