import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rateAt, type ScheduleContext, scheduleSchema } from '@shared/catalog/schedules'

interface Curve {
  readonly name: string
  readonly schedule: unknown
  readonly rates: readonly number[]
}
interface CurveFile {
  readonly context: ScheduleContext
  /** Made by test/fixtures/optimizers/make.py. */
  readonly curves: readonly Curve[]
  readonly different: readonly Curve[]
}

const file = new URL('../fixtures/optimizers/schedules.json', import.meta.url)
const { context, curves, different } = JSON.parse(readFileSync(file, 'utf8')) as CurveFile

function ours({ schedule, rates }: Curve): number[] {
  const rate = rateAt(scheduleSchema.parse(schedule), context)
  return rates.map((_, step) => rate(step))
}

/** Steps whose rates differ: PyTorch multiplies its way along, which costs a few digits. */
function apart(curve: Curve): number[] {
  const rates = ours(curve)
  return curve.rates.flatMap((expected, step) => (Math.abs(rates[step] - expected) > 1e-12 * context.base ? [step] : []))
}

describe('learning-rate curves', () => {
  it.each(curves.map((curve) => [curve.name, curve] as const))('%s', (_name, curve) => {
    expect(curve.rates.length).toBeGreaterThan(20)
    expect(apart(curve)).toEqual([])
  })
})

describe('curves where the catalog differs, as its help says', () => {
  const [cosine, piecewise] = different

  it('PyTorch’s cosine rises again after its length, ours holds the final rate', () => {
    expect(apart(cosine)).toEqual([26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39])
    expect(cosine.rates[39]).toBeGreaterThan(0.03)
    expect(ours(cosine)[39]).toBe(0.004)
  })

  it('Keras’s piecewise constant drops one update later than a step schedule', () => {
    expect(apart(piecewise)).toEqual([20])
  })
})
