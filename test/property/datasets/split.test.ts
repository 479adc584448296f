import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import type { SplitOptions } from '@shared/catalog/datasets'
import { splitRows, type RowsToSplit, type SplitRows } from '@shared/data/split'
import { hashWords, randomSource } from '@shared/lib/random'
import { IssueError } from '@shared/spec/issue'
import { checkMessage } from '../../unit/datasets/helpers'

const percent = (most: number): fc.Arbitrary<number> => fc.nat(most).map((value) => value / 100)
const ratios = fc
  .record({ validation: percent(50), test: percent(50), train: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }) })
  .map(({ validation, test, train }) => ({ validation, test, ...(train === undefined ? {} : { train: train / 100 }) }))

interface Case {
  readonly source: RowsToSplit
  readonly options: SplitOptions
  readonly seed: number
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    labels: fc.array(fc.nat(4), { minLength: 1, maxLength: 120, size: 'max' }),
    dropSome: fc.boolean(),
    fixed: fc.option(fc.nat(20), { nil: undefined }),
    ratios,
    stratified: fc.constantFrom(undefined, true, false),
    shuffle: fc.boolean(),
    values: fc.boolean(),
    seed: fc.nat(),
  })
  .map(({ labels, dropSome, fixed, ratios: given, stratified, shuffle, values, seed }) => {
    const rows = Int32Array.from(labels.keys()).filter((row) => !dropSome || (hashWords(seed, row) & 1) === 1)
    return {
      source: {
        rows,
        labels: values ? null : Int32Array.from(labels),
        classNames: ['a', 'b', 'c', 'd', 'e'],
        ...(fixed === undefined ? {} : { testFrom: Math.max(0, labels.length - fixed) }),
      },
      options: { ...given, ...(fixed === undefined ? {} : { test: 0 }), shuffle, ...(stratified === undefined || values ? {} : { stratified }) },
      seed,
    }
  })

/** Null where the case is refused, with an issue that has a message. */
function split({ source, options, seed }: Case): SplitRows | null {
  try {
    return splitRows(source, options, randomSource(seed))
  } catch (error) {
    if (!(error instanceof IssueError)) throw error
    error.issues.forEach(checkMessage)
    return null
  }
}

function check(property: (each: Case, parts: SplitRows) => void, keep: (each: Case) => boolean = () => true): void {
  let accepted = 0
  fc.assert(
    fc.property(cases.filter(keep), (each) => {
      const parts = split(each)
      if (parts === null) return
      accepted++
      property(each, parts)
    }),
    { numRuns: 600 },
  )
  expect(accepted).toBeGreaterThan(20)
}

describe('splitRows', () => {
  it('parts are disjoint and use only the rows given; without a train ratio, all of them', () => {
    check(({ source, options }, { train, validation, test }) => {
      const all = [...train, ...validation, ...test]
      expect(new Set(all).size).toBe(all.length)
      const given = new Set(source.rows)
      expect(all.every((row) => given.has(row))).toBe(true)
      if (options.train === undefined) expect(all).toHaveLength(source.rows.length)
    })
  })

  it('the fixed test part is exactly the rows from testFrom', () => {
    check(
      ({ source }, { train, validation, test }) => {
        const { testFrom = 0 } = source
        expect([...test]).toEqual([...source.rows].filter((row) => row >= testFrom))
        expect([...train, ...validation].every((row) => row < testFrom)).toBe(true)
      },
      ({ source }) => source.testFrom !== undefined,
    )
  })

  it('sizes are the ratios to within half a row, and no part asked for is empty', () => {
    check(
      ({ source, options }, { train, validation, test }) => {
        const total = source.rows.length
        expect(train.length).toBeGreaterThan(0)
        for (const [part, ratio] of [[validation, options.validation], [test, options.test]] as const) {
          if (ratio > 0) expect(part.length).toBeGreaterThan(0)
          expect(Math.abs(part.length - ratio * total)).toBeLessThanOrEqual(0.5 + 1e-9)
        }
      },
      // Elsewhere, keeping one row of each class for training may take precedence.
      ({ source, options }) => source.testFrom === undefined && source.labels === null && options.validation + options.test < 0.9 && source.rows.length > 12,
    )
  })

  it('every class is in training, and stratified parts hold each in proportion', () => {
    check(
      ({ source, options }, parts) => {
        const { labels } = source
        if (labels === null) return
        const count = (rows: Int32Array, label: number): number => rows.filter((row) => labels[row] === label).length
        const total = source.rows.length
        for (const label of new Set([...source.rows].map((row) => labels[row]))) {
          const size = count(source.rows, label)
          expect(count(parts.train, label)).toBeGreaterThan(0)
          if (options.stratified === false || source.testFrom !== undefined) continue
          for (const part of ['validation', 'test'] as const) {
            const quota = (parts[part].length * size) / total
            expect(Math.abs(count(parts[part], label) - quota)).toBeLessThan(1 + 1e-9)
          }
        }
      },
      ({ source, options }) => {
        const { labels } = source
        if (labels === null || options.validation + options.test > 0.6) return false
        // Rows enough of every class that no limit bites.
        const sizes = [0, 1, 2, 3, 4].map((label) => source.rows.filter((row) => labels[row] === label).length)
        return sizes.every((size) => size >= 8)
      },
    )
  })

  it('same seed, same parts; without shuffling, rows of a value target keep their order across parts', () => {
    check((each, parts) => {
      expect(split(each)).toEqual(parts)
      if (each.options.shuffle || each.source.labels !== null) return
      const order = [...parts.train, ...parts.validation, ...parts.test]
      expect(order).toEqual([...order].sort((a, b) => a - b))
    })
  })

  it('shuffling depends on the seed', () => {
    const source: RowsToSplit = { rows: Int32Array.from({ length: 100 }, (_, row) => row), labels: null, classNames: [] }
    const options: SplitOptions = { validation: 0.2, test: 0, shuffle: true }
    expect(splitRows(source, options, randomSource(1)).train).not.toEqual(splitRows(source, options, randomSource(2)).train)
  })
})

describe('refusals', () => {
  const source: RowsToSplit = { rows: Int32Array.of(0, 1, 2, 3), labels: Int32Array.of(0, 0, 1, 1), classNames: ['a', 'b'] }
  const base: SplitOptions = { validation: 0, test: 0, shuffle: false }

  it.each([
    ['ratios above 1', source, { ...base, validation: 0.6, test: 0.5 }, 'data-split-ratios'],
    ['an empty part', source, { ...base, validation: 0.01 }, 'data-split-empty'],
    ['a class for every row', { ...source, labels: Int32Array.of(0, 1, 2, 3), classNames: ['$1', '$2', '$3', '$4'] }, { ...base, validation: 0.25 }, 'data-split-classes'],
    ['a test ratio beside a fixed test part', { ...source, testFrom: 3 }, { ...base, test: 0.25 }, 'data-split-fixed-test'],
    ['strata of values', { ...source, labels: null }, { ...base, stratified: true }, 'data-split-stratified-values'],
    ['a class that only validation has', source, { ...base, validation: 0.5, stratified: false }, 'data-class-not-in-training'],
    ['a class that only the fixed test part has', { ...source, testFrom: 2 }, base, 'data-class-not-in-training'],
    ['no rows to train on', { ...source, testFrom: 0 }, base, 'data-split-empty'],
  ])('%s', (_, given, options, code) => {
    expect(() => splitRows(given, options, randomSource(1))).toThrow(code)
  })
})
