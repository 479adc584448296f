import { describe, expect, it } from 'vitest'
import { compareRoles, pairedGain, sameData, studentDocuments, teacherFeature, teacherIssue, teacherPlan, type ComparedRun } from '@shared/distillation'
import { need } from '@shared/spec'
import { document } from '@test/helpers/core'

const digits = (changes: object = {}, model: object[] = [{ type: 'dense', units: 10, activation: 'softmax' }]) =>
  document({ format: 1, name: 'n', seed: 1, dataset: { type: 'digits', ...changes }, model: { nodes: model }, training: { loss: 'categoricalCrossentropy', optimizer: 'adam' } })
const data = { sample: [64], target: { kind: 'class', classes: 10, classNames: Array.from({ length: 10 }, String) } } as const
const run = (seed: number, accuracy: number | null): ComparedRun => ({ seed, accuracy, parameters: 610, speed: 1000 })

describe('the same data', () => {
  it('is told by everything that decides on rows, scales and split', () => {
    const split = { train: 0.5, validation: 0.2 }
    expect(sameData(digits(), digits())).toBe(true)
    expect(sameData(digits({ split }), digits())).toBe(false)
    expect(sameData(digits({ preprocess: { features: { scale: 0.5 } } }), digits())).toBe(false)
    // Without a seed of its own, a split follows the document's.
    expect(sameData(digits({ split }), { ...digits({ split }), seed: 2 })).toBe(false)
    expect(sameData(digits({ split: { ...split, seed: 1 } }), { ...digits({ split: { ...split, seed: 1 } }), seed: 2 })).toBe(true)
    expect(sameData(digits({ split: { ...split, seed: 1 } }), digits({ split }))).toBe(true)
  })
})

describe('a teacher', () => {
  it('tells what its layers give, and which it has', () => {
    const plan = need(teacherPlan('r', digits({}, [{ type: 'dense', id: 'inner', units: 7 }, { type: 'dense', id: 'out', units: 10, activation: 'softmax' }]), data))
    expect(teacherFeature('r', plan, 'inner')).toEqual({ ok: true, value: [7] })
    expect(teacherFeature('r', plan, 'input')).toEqual({ ok: false, issues: [{ code: 'training-feature-teacher', path: ['training', 'distillation', 'feature', 'teacher'], args: { teacher: 'r', layer: 'input', known: 'inner, out' } }] })
  })

  it('has learned the same data and scores every class of it', () => {
    expect(teacherIssue('r', digits(), digits(), data)).toBeNull()
    expect(teacherIssue('r', digits({ split: { train: 0.5 } }), digits(), data)?.code).toBe('training-teacher-data')
    const nine = digits({}, [{ type: 'dense', units: 9, activation: 'softmax' }])
    expect(teacherIssue('r', nine, digits(), data)).toEqual({ code: 'training-teacher-unfit', path: ['training', 'distillation', 'teacher'], args: { run: 'r' } })
    // A student of another teacher may teach as well.
    const taught = document({ ...digits(), training: { ...digits().training, distillation: { teacher: { run: 'other' } } } })
    expect(teacherIssue('r', taught, digits(), data)).toBeNull()
  })
})

it('both students learn the teacher’s data, from the same seed, and tell their accuracy', () => {
  const feature = { teacher: 'a', student: 'b', matching: 'hint', beta: 2 } as const
  const { distilled, alone } = studentDocuments(digits({ split: { train: 0.1 } }), { ...digits(), name: 'small' }, { teacher: { run: 'r' }, seed: 9, alpha: 0.25, temperature: 3, feature })
  expect([distilled.name, alone.name]).toEqual(['small distilled', 'small alone'])
  for (const each of [distilled, alone]) {
    expect(each.seed).toBe(9)
    expect(each.dataset.split).toMatchObject({ train: 0.1, seed: 1 })
    expect(each.training.metrics).toEqual([{ type: 'accuracy' }])
  }
  expect(distilled.training.distillation).toEqual({ teacher: { run: 'r' }, alpha: 0.25, temperature: 3, feature })
  expect(alone.training.distillation).toBeUndefined()
})

describe('the table', () => {
  it('has means, deviations of the sample and bytes of float32', () => {
    const [teacher, distilled, alone] = compareRoles({ teacher: [run(1, 0.9)], distilled: [run(1, 0.8), run(2, 0.6), run(3, null)], alone: [] })
    expect(teacher).toEqual({ role: 'teacher', runs: 1, accuracy: 0.9, deviation: null, parameters: 610, bytes: 2440, speed: 1000 })
    expect(distilled.accuracy).toBeCloseTo(0.7, 12)
    expect(distilled.deviation).toBeCloseTo(Math.sqrt(0.02), 12)
    expect(distilled.runs).toBe(3)
    expect(alone).toEqual({ role: 'alone', runs: 0, accuracy: null, deviation: null, parameters: null, bytes: null, speed: null })
  })

  it('has the bytes of a file that teaches', () => {
    const [teacher] = compareRoles({ teacher: [{ ...run(0, 0.9), bytes: 3000 }], distilled: [], alone: [] })
    expect(teacher).toMatchObject({ runs: 1, parameters: 610, bytes: 3000 })
  })

  it('tells the gain over pairs of the same seed', () => {
    expect(pairedGain([run(1, 0.9)], [run(2, 0.5)])).toBeNull()
    expect(pairedGain([run(1, 0.75)], [run(1, 0.5)])).toEqual({ pairs: 1, mean: 0.25, deviation: null })
    const gain = pairedGain([run(1, 0.75), run(2, 0.75), run(3, null)], [run(2, 0.75), run(1, 0.5), run(3, 0.1)])
    expect(gain).toMatchObject({ pairs: 2, mean: 0.125 })
    expect(gain?.deviation).toBeCloseTo(0.25 / Math.SQRT2, 12)
  })
})
