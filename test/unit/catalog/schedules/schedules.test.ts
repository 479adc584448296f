import { readdirSync } from 'node:fs'
import fc from 'fast-check'
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
    expect(schedules.map(({ type }) => type).sort()).toEqual(files.filter((name) => !MACHINERY.includes(name)).sort())
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

  it('starts at the base rate after warm-up, stays finite and between 0 and the base', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), warmups, fc.integer({ min: 0, max: 150 }), (type, warmup, step) => {
        const at = rateAt(scheduleSchema.parse({ type, ...(warmup === undefined ? {} : { warmup }) }), context)
        const length = warmup === undefined ? 0 : 'steps' in warmup ? warmup.steps : Math.max(1, Math.round(warmup.epochs * 10))
        expect(at(length)).toBeCloseTo(0.1, 15)
        expect(at(0)).toBeCloseTo(warmup?.from ?? 0.1, 15)
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

describe('bad schedules', () => {
  it.each([
    ['a warm-up of no steps', { type: 'cosine', warmup: { steps: 0 } }],
    ['a warm-up in both units', { type: 'cosine', warmup: { steps: 3, epochs: 1 } }],
    ['a warm-up without a length', { type: 'cosine', warmup: { from: 0.1 } }],
    ['a negative rate', { type: 'linear', finalRate: -1 }],
    ['gamma 0', { type: 'step', gamma: 0 }],
    ['a length of 0', { type: 'cosine', duration: 0 }],
    ['an option of another schedule', { type: 'cosine', gamma: 0.1 }],
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
