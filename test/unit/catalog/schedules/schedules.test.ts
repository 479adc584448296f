import { readdirSync } from 'node:fs'
import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { rateAt, type ScheduleContext, scheduleIssues, schedules, scheduleSchema } from '@shared/catalog/schedules'
import { formatIssue } from '@shared/locales/issues'

const MACHINERY = ['index', 'schedule', 'warmup']
const folder = new URL('../../../../src-shared/catalog/schedules/', import.meta.url)
const context: ScheduleContext = { base: 0.1, totalSteps: 100, stepsPerEpoch: 10 }

function rate(schedule: unknown, step: number, at = context): number {
  return rateAt(scheduleSchema.parse(schedule), at)(step)
}

describe('the folder', () => {
  it('registers every file, under its own name', () => {
    const files = readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [name.slice(0, -3)] : []))
    const names = schedules.map(({ type }) => type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
    expect(names.sort()).toEqual(files.filter((name) => !MACHINERY.includes(name)).sort())
  })

  it.each(schedules)('documents $type and its options in both languages', ({ title, help, formula, source, options }) => {
    expect(title.en).not.toBe('')
    expect(help.en).toMatch(/^[A-Z].{30,}\.$/)
    expect(help['zh-CN']).toMatch(/[一-鿿].*。$/)
    expect(source).not.toBe('')
    for (const schema of Object.values(options.shape)) {
      const note = (schema as { meta(): Record<string, unknown> | undefined }).meta() ?? {}
      expect(note.description).toMatch(/\.$/)
      expect(note['x-zh-CN']).toMatch(/[一-鿿]/)
      if (typeof note['x-symbol'] === 'string') expect(formula).toContain(note['x-symbol'])
    }
  })
})

describe('every schedule', () => {
  const types = schedules.map(({ type }) => type)
  const warmups = fc.oneof(
    fc.constant(undefined),
    fc.record({ steps: fc.integer({ min: 1, max: 40 }), from: fc.double({ min: 0, max: 0.1, noNaN: true }) }),
    fc.record({ epochs: fc.double({ min: 0.1, max: 4, noNaN: true }), from: fc.double({ min: 0, max: 0.1, noNaN: true }) }),
  )

  /** Where a schedule that rises first starts, as a part of the base rate. */
  const starts: Readonly<Record<string, number>> = { oneCycle: 1 / 25, cyclical: 1 / 4 }

  it('starts at the base rate or its own after warm-up, stays finite and between 0 and the base', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), warmups, fc.integer({ min: 0, max: 150 }), (type, warmup, step) => {
        const at = rateAt(scheduleSchema.parse({ type, ...(warmup === undefined ? {} : { warmup }) }), context)
        const length = warmup === undefined ? 0 : 'steps' in warmup ? warmup.steps : Math.max(1, Math.round(warmup.epochs * 10))
        const start = 0.1 * (starts[type] ?? 1)
        expect(at(length)).toBeCloseTo(start, 15)
        expect(at(0)).toBeCloseTo(warmup?.from ?? start, 15)
        expect(at(step)).toBeGreaterThanOrEqual(0)
        expect(at(step)).toBeLessThanOrEqual(0.1 * (1 + 1e-15))
      }),
    )
  })

  it('is a function of the step alone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.integer({ min: 0, max: 100 }), (type, step) => {
        const schedule = scheduleSchema.parse({ type, warmup: { steps: 7 } })
        const used = rateAt(schedule, context)
        for (let earlier = 0; earlier < step; earlier++) used(earlier)
        expect(used(step)).toBe(rateAt(schedule, context)(step))
      }),
    )
  })
})

describe('lengths', () => {
  it('no schedule: the base rate', () => {
    expect(rateAt(undefined, context)(12_345)).toBe(0.1)
  })

  it('a decay without a length takes what warm-up leaves, and its end holds', () => {
    const schedule = { type: 'linear', finalRate: 0.02, warmup: { epochs: 2 } }
    expect(rate(schedule, 60)).toBeCloseTo(0.06, 12)
    expect(rate(schedule, 100)).toBeCloseTo(0.02, 12)
    expect(rate(schedule, 1000)).toBeCloseTo(0.02, 12)
  })

  it('epochs and steps measure the same', () => {
    for (const step of [0, 13, 29, 30, 31, 99]) {
      expect(rate({ type: 'cosine', duration: 3 }, step)).toBe(rate({ type: 'cosine', duration: 30, unit: 'steps' }, step))
      expect(rate({ type: 'step', stepSize: 3 }, step)).toBe(rate({ type: 'step', stepSize: 30, unit: 'steps' }, step))
    }
  })

  it('a part of an epoch is rounded to whole updates, so that stairs stand where they should', () => {
    // 0.7 · 10 is a little more than 7.
    expect(rate({ type: 'step', stepSize: 0.7 }, 6)).toBe(0.1)
    expect(rate({ type: 'step', stepSize: 0.7 }, 7)).toBeCloseTo(0.01, 15)
  })

  it('a schedule shorter than one update is one update long', () => {
    expect(rate({ type: 'linear', duration: 0.001 }, 1)).toBe(0)
  })
})

describe('schedules worked out by hand', () => {
  it('inverse square root: half the rate after three times its scale, which is the warm-up, else one epoch', () => {
    expect(rate({ type: 'inverseSqrt' }, 30)).toBeCloseTo(0.05, 15)
    expect(rate({ type: 'inverseSqrt', warmup: { steps: 4 } }, 16)).toBeCloseTo(0.05, 15)
    expect(rate({ type: 'inverseSqrt', timescale: 5, unit: 'steps', warmup: { steps: 4 } }, 19)).toBeCloseTo(0.05, 15)
    expect(rate({ type: 'inverseSqrt', timescale: 2 }, 160)).toBeCloseTo(0.1 / 3, 15)
  })

  it('cosine restarts at exactly the end of each period, however long', () => {
    const schedule = { type: 'cosineRestarts', period: 3, unit: 'steps', periodGrowth: 3 }
    for (const restart of [3, 12, 39, 120, 363, 1092, 3279]) {
      expect(rate(schedule, restart)).toBe(0.1)
      expect(rate(schedule, restart - 1)).toBeLessThan(0.03)
    }
    expect(rate({ ...schedule, peakFactor: 0.5, finalRate: 0.02 }, 12)).toBeCloseTo(0.02 + 0.08 / 4, 15)
  })

  it('one cycle without a rise starts at its peak; past its end the final rate holds', () => {
    expect(rate({ type: 'oneCycle', riseFraction: 0 }, 0)).toBe(0.1)
    expect(rate({ type: 'oneCycle' }, 29)).toBeCloseTo(0.1, 15)
    for (const step of [99, 100, 1000]) expect(rate({ type: 'oneCycle' }, step)).toBeCloseTo(0.1 / 25 / 1e4, 18)
    expect(rate({ type: 'oneCycle', duration: 1, unit: 'steps' }, 0)).toBeCloseTo(0.1 / 25 / 1e4, 18)
  })

  it('cyclical: from the lowest rate to the base and back', () => {
    const schedule = { type: 'cyclical', minRate: 0.02, stepSize: 4, stepSizeDown: 8, unit: 'steps' }
    const curve = [[0, 0.02], [2, 0.06], [4, 0.1], [8, 0.06], [12, 0.02], [14, 0.06], [16, 0.1]]
    for (const [step, expected] of curve) expect(rate(schedule, step)).toBeCloseTo(expected, 15)
    const peaks = [[4, 0.1], [16, 0.06], [28, 0.04]]
    for (const [step, expected] of peaks) expect(rate({ ...schedule, mode: 'triangular2' }, step)).toBeCloseTo(expected, 15)
    expect(rate({ ...schedule, mode: 'expRange', gamma: 0.5 }, 4)).toBeCloseTo(0.02 + 0.08 / 16, 15)
  })

  it('piecewise: the latest piece that has started, in whatever order they stand', () => {
    const schedule = { type: 'piecewise', pieces: [{ from: 4, factor: 3 }, { from: 2, factor: 0.5 }, { from: 6, factor: 0 }] }
    expect([0, 19, 20, 39, 40, 59, 60, 999].map((step) => rate(schedule, step))).toEqual([0.1, 0.1, 0.05, 0.05, 0.1 * 3, 0.1 * 3, 0, 0])
  })
})

describe('bad schedules', () => {
  it.each([
    ['a warm-up of no steps', { type: 'cosine', warmup: { steps: 0 } }],
    ['a warm-up in both units', { type: 'cosine', warmup: { steps: 3, epochs: 1 } }],
    ['a warm-up without a length', { type: 'cosine', warmup: { from: 0.1 } }],
    ['a negative rate', { type: 'linear', finalRate: -1 }],
    ['gamma 0', { type: 'step', gamma: 0 }],
    ['a length of 0', { type: 'cosine', duration: 0 }],
    ['an option of another schedule', { type: 'cosine', gamma: 0.1 }],
    ['no pieces', { type: 'piecewise', pieces: [] }],
    ['a piece without a factor', { type: 'piecewise', pieces: [{ from: 3 }] }],
    ['a rise as long as the cycle', { type: 'oneCycle', riseFraction: 1 }],
    ['periods that do not grow by whole numbers', { type: 'cosineRestarts', periodGrowth: 1.5 }],
    ['an unknown mode', { type: 'cyclical', mode: 'sine' }],
    ['an unknown type', { type: 'cosin' }],
  ])('refuses %s', (_name, schedule) => {
    expect(scheduleSchema.safeParse(schedule).success).toBe(false)
  })

  it('says when warm-up takes the whole run', () => {
    const found = scheduleIssues(scheduleSchema.parse({ type: 'cosine', warmup: { epochs: 10 } }), context)
    expect(found).toMatchObject([{ path: ['training', 'schedule', 'warmup'] }])
    expect(formatIssue(found[0], 'en')).toBe(
      'The warm-up takes 100 updates, but the whole run has 100: the schedule would never start. Shorten warmup, or train for more epochs.',
    )
    expect(scheduleIssues(scheduleSchema.parse({ type: 'cosine', warmup: { epochs: 9.9 } }), context)).toEqual([])
    expect(scheduleIssues(undefined, context)).toEqual([])
  })
})
