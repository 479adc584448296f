import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { withLabelNoise } from '@shared/data/label-noise'
import type { RawData } from '@shared/data/types'
import { permutation, randomSource } from '@shared/lib/random'
import { IssueError } from '@shared/spec/issue'

const names = (classes: number): string[] => Array.from({ length: classes }, String)

function dataOf(rows: number, classes: number): RawData {
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes)
  return { rows, features: { kind: 'dense', shape: [1], data: new Float32Array(rows) }, targets: { kind: 'class', labels, classNames: names(classes) } }
}

const labelsOf = ({ targets }: RawData): Int32Array => (targets.kind === 'class' ? targets.labels : new Int32Array())

describe('label noise', () => {
  it('gives training rows another class of those there are, and leaves all others and what was read as they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 2, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (rows, classes, share, seed) => {
        const raw = dataOf(rows, classes)
        const before = Int32Array.from(labelsOf(raw))
        const train = permutation(rows, randomSource(seed)).subarray(0, Math.ceil(rows / 2))
        const plan = { rows: { train, validation: new Int32Array(), test: new Int32Array() }, target: { kind: 'class', classes, classNames: names(classes) } } as const
        const noisy = labelsOf(withLabelNoise(raw, plan, share, randomSource(seed, 'noise')))
        expect(labelsOf(raw)).toEqual(before)
        expect(labelsOf(withLabelNoise(raw, plan, share, randomSource(seed, 'noise')))).toEqual(noisy)
        const learned = new Set(train)
        noisy.forEach((label, row) => {
          expect(label >= 0 && label < classes).toBe(true)
          if (!learned.has(row) || share === 0) expect(label).toBe(before[row])
          else if (share === 1) expect(label).not.toBe(before[row])
        })
      }),
    )
  })

  it('is wrong on the share that is asked for, every other class as often', () => {
    const [rows, classes] = [40_000, 5]
    const raw = dataOf(rows, classes)
    const plan = { rows: { train: Int32Array.from({ length: rows }, (_, row) => row), validation: new Int32Array(), test: new Int32Array() }, target: { kind: 'class', classes, classNames: names(classes) } } as const
    const noisy = labelsOf(withLabelNoise(raw, plan, 0.3, randomSource(7)))
    const moved = [0, 0, 0, 0, 0]
    noisy.forEach((label, row) => moved[(label - (row % classes) + classes) % classes]++)
    const chances = [0.7, 0.075, 0.075, 0.075, 0.075]
    // Four standard deviations of the share.
    chances.forEach((chance, at) => expect(Math.abs(moved[at] / rows - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / rows)))
  })

  it('refuses targets that are values', () => {
    const raw: RawData = { ...dataOf(4, 2), targets: { kind: 'value', shape: [1], data: new Float32Array(4), names: ['y'] } }
    const plan = { rows: { train: Int32Array.of(0), validation: new Int32Array(), test: new Int32Array() }, target: { kind: 'value', shape: [1], names: ['y'] } } as const
    expect(() => withLabelNoise(raw, plan, 0.1, randomSource(1))).toThrow(IssueError)
    expect(withLabelNoise(raw, plan, 0, randomSource(1))).toBe(raw)
  })
})
