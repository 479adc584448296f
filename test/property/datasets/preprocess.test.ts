import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import type { FeatureScaling, PreprocessOptions } from '@shared/catalog/datasets'
import { applyFeatures } from '@shared/data/apply'
import { arrangeRows } from '@shared/data/arrange'
import { fitFeatures, fittedShape } from '@shared/data/fit'
import { planPreparation, prepareData } from '@shared/data/prepare'
import { groupStatistics, medianOf } from '@shared/data/statistics'
import type { Column, DataPart, RawData } from '@shared/data/types'
import { permutation, randomSource } from '@shared/lib/random'

const OPTIONS: PreprocessOptions = { features: 'standardize', targets: 'none', missing: 'mean', unseen: 'zeros' }
const SPLIT = { validation: 0.25, test: 0, shuffle: true }

const cell = fc.double({ min: -1e6, max: 1e6, noNaN: true })

/** A table of numeric and text columns, with gaps. */
const tables: fc.Arbitrary<RawData> = fc.record({ rows: fc.integer({ min: 8, max: 60 }), seed: fc.nat(), numeric: fc.integer({ min: 1, max: 4 }), text: fc.nat(2), gaps: fc.boolean() }).map(({ rows, seed, numeric, text, gaps }) => {
  const random = randomSource(seed)
  const gap = (): boolean => gaps && random.uniform() < 0.15
  const columns: Column[] = [
    ...Array.from({ length: numeric }, (_, at): Column => {
      const size = 10 ** (6 * random.uniform() - 3)
      return { kind: 'numeric', name: `n${at}`, values: Float64Array.from({ length: rows }, () => (gap() ? NaN : size * (random.normal() + 5 * at))) }
    }),
    ...Array.from({ length: text }, (_, at): Column => ({ kind: 'category', name: `t${at}`, codes: Int32Array.from({ length: rows }, () => (gap() ? -1 : random.integer(4))), categories: ['a', 'b', 'c', 'd'] })),
  ]
  return { rows, features: { kind: 'columns', columns }, targets: { kind: 'value', shape: [1], data: new Float32Array(rows), names: ['y'] } }
})

const someRows = (total: number, seed: number): Int32Array => permutation(total, randomSource(seed, 'rows')).subarray(0, Math.ceil(total * 0.7))

function apply(raw: RawData, train: Int32Array, rows: Int32Array, options: PreprocessOptions = OPTIONS): { values: Float32Array; width: number } {
  const fitted = fitFeatures(raw, train, options)
  const [width] = fittedShape(fitted)
  const values = new Float32Array(rows.length * width)
  applyFeatures(raw, fitted, rows, options.unseen, values)
  return { values, width }
}

/** Column `at` of a matrix. */
function columnOf({ values, width }: { values: Float32Array; width: number }, at: number): number[] {
  return [...values].filter((_, index) => index % width === at)
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) }
}

describe('tables', () => {
  it('standardize: training columns have mean 0 and deviation 1, gaps filled; a constant becomes 0', () => {
    fc.assert(
      fc.property(tables, fc.nat(), (raw, seed) => {
        if (raw.features.kind !== 'columns') return
        const train = someRows(raw.rows, seed)
        const result = apply(raw, train, train)
        raw.features.columns.forEach((column, at) => {
          if (column.kind !== 'numeric') return
          const { mean, deviation } = moments(columnOf(result, at))
          expect(mean).toBeCloseTo(0, 4)
          expect(deviation).toBeCloseTo(1, 4)
        })
        const constant: RawData = { ...raw, features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'c', values: new Float64Array(raw.rows).fill(0.1) }] } }
        expect(new Set(apply(constant, train, train).values)).toEqual(new Set([0]))
      }),
    )
  })

  it('minMax: training columns span exactly 0…1', () => {
    fc.assert(
      fc.property(tables, fc.nat(), (raw, seed) => {
        if (raw.features.kind !== 'columns') return
        const train = someRows(raw.rows, seed)
        const result = apply(raw, train, train, { ...OPTIONS, features: 'minMax' })
        raw.features.columns.forEach((column, at) => {
          if (column.kind !== 'numeric') return
          const values = columnOf(result, at)
          expect(Math.min(...values)).toBeCloseTo(0, 6)
          expect(Math.max(...values)).toBeCloseTo(1, 6)
        })
      }),
    )
  })

  it('nothing is learned from other rows: changing them changes no fit', () => {
    fc.assert(
      fc.property(tables, fc.nat(), fc.constantFrom<FeatureScaling>('standardize', 'minMax'), fc.constantFrom('mean' as const, 'median' as const), (raw, seed, features, missing) => {
        if (raw.features.kind !== 'columns') return
        const train = someRows(raw.rows, seed)
        const trained = new Set(train)
        const changed: RawData = {
          ...raw,
          features: {
            kind: 'columns',
            columns: raw.features.columns.map((column) =>
              column.kind === 'numeric'
                ? { ...column, values: Float64Array.from(column.values, (value, row) => (trained.has(row) ? value : 1e9 * (row + 1))) }
                : { ...column, codes: column.codes.map((code, row) => (trained.has(row) ? code : 3)) },
            ),
          },
        }
        const options = { ...OPTIONS, features, missing }
        expect(fitFeatures(changed, train, options)).toEqual(fitFeatures(raw, train, options))
      }),
    )
  })

  it('one-hot: one 1 where a category was seen in training, zeros otherwise', () => {
    fc.assert(
      fc.property(tables, fc.nat(), (raw, seed) => {
        if (raw.features.kind !== 'columns') return
        const texts = raw.features.columns.filter((column) => column.kind === 'category')
        fc.pre(texts.length > 0)
        const train = someRows(raw.rows, seed).subarray(0, 5)
        const only: RawData = { ...raw, features: { kind: 'columns', columns: texts } }
        fc.pre(texts.every((column) => train.some((row) => column.codes[row] >= 0)))
        const all = Int32Array.from({ length: raw.rows }, (_, row) => row)
        const { values, width } = apply(only, train, all)
        for (const row of all) {
          const expected = texts.flatMap((column) => {
            const seen = column.categories.filter((_, code) => [...train].some((each) => column.codes[each] === code))
            return seen.map((category) => (column.categories[column.codes[row]] === category ? 1 : 0))
          })
          expect([...values.subarray(row * width, (row + 1) * width)]).toEqual(expected)
        }
      }),
    )
  })

  it('the median is the middle of the values present', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(cell, fc.constant(NaN)), { minLength: 1, maxLength: 40 }), (values) => {
        const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
        const median = medianOf((at) => values[at], values.length)
        expect(Number.isNaN(median)).toBe(sorted.length === 0)
        expect(sorted.filter((value) => value < median).length).toBeLessThanOrEqual(sorted.length / 2)
        expect(sorted.filter((value) => value > median).length).toBeLessThanOrEqual(sorted.length / 2)
      }),
      { examples: [[[-6.4e-323, -6.4e-323]], [[1e6, -1e6, NaN]]] },
    )
  })
})

describe('dense features', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 })

  it('statistics of groups agree with the definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 10 }), fc.nat(), (groups, size, rows, seed) => {
        const random = randomSource(seed)
        const data = Float32Array.from({ length: rows * groups * size }, () => random.normal())
        const chosen = someRows(rows, seed)
        groupStatistics(data, chosen, groups, size).forEach((statistics, group) => {
          const values = [...chosen].flatMap((row) => [...data.subarray((row * groups + group) * size, (row * groups + group + 1) * size)])
          const { mean, deviation } = moments(values)
          expect(statistics.count).toBe(values.length)
          expect(statistics.mean).toBeCloseTo(mean, 12)
          expect(statistics.deviation).toBeCloseTo(deviation, 12)
          expect([statistics.min, statistics.max]).toEqual([Math.min(...values), Math.max(...values)])
        })
      }),
    )
  })

  it('arranging rows in place is gathering them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (rows, elements, seed) => {
        const data = Float32Array.from({ length: rows * elements }, (_, at) => at)
        const order = permutation(rows, randomSource(seed))
        const expected = [...order].flatMap((row) => [...data.subarray(row * elements, (row + 1) * elements)])
        arrangeRows(data, elements, order)
        expect([...data]).toEqual(expected)
      }),
    )
  })

  it('bytes and the same numbers as float32, scaled in place, give the same parts', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 8, max: 30 }), fc.nat(), fc.constantFrom<FeatureScaling>('none', 'standardize', 'minMax', { scale: 1 / 255 }), (shape, rows, seed, features) => {
        const random = randomSource(seed)
        const bytes = Uint8Array.from({ length: rows * shape.reduce((product, extent) => product * extent, 1) }, () => random.integer(256))
        const load = (data: Uint8Array | Float32Array): readonly (DataPart | null)[] => {
          const raw: RawData = { rows, features: { kind: 'dense', shape, data }, targets: { kind: 'value', shape: [1], data: Float32Array.from({ length: rows }, (_, row) => row), names: ['y'] } }
          const plan = planPreparation(raw, SPLIT, { ...OPTIONS, features }, randomSource(seed))
          const { train, validation, test } = prepareData(raw, plan, 'error', '')
          return [train, validation, test]
        }
        const [fromBytes, fromFloats] = [load(bytes), load(Float32Array.from(bytes))]
        expect(fromFloats).toEqual(fromBytes)
        const [train] = fromBytes
        // Features and targets of a row stay together.
        expect([...(train?.targets ?? [])]).toEqual([...(train?.source ?? [])])
      }),
    )
  })

  it('images are standardized per channel', () => {
    const random = randomSource(4)
    const data = Float32Array.from({ length: 20 * 2 * 9 }, (_, at) => (Math.floor(at / 9) % 2 === 0 ? 100 + 5 * random.normal() : random.normal()))
    const raw: RawData = { rows: 20, features: { kind: 'dense', shape: [2, 3, 3], data }, targets: { kind: 'value', shape: [1], data: new Float32Array(20), names: ['y'] } }
    const plan = planPreparation(raw, { ...SPLIT, validation: 0 }, OPTIONS, randomSource(1))
    if (plan.preprocessing.kind !== 'dense') throw new Error('not dense')
    expect(plan.preprocessing.shift).toHaveLength(2)
    const { train } = prepareData(raw, plan, 'error', '')
    for (const channel of [0, 1]) {
      const { mean, deviation } = moments([...train.features].filter((_, at) => Math.floor(at / 9) % 2 === channel))
      expect(mean).toBeCloseTo(0, 5)
      expect(deviation).toBeCloseTo(1, 5)
    }
  })
})

describe('targets', () => {
  it('standardized on the training rows; inverted by shift and scale', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 40 }), fc.nat(), (rows, seed) => {
        const random = randomSource(seed)
        const values = Float32Array.from({ length: rows * 2 }, () => 50 + 7 * random.normal())
        const raw: RawData = { rows, features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'x', values: new Uint8Array(rows) }] }, targets: { kind: 'value', shape: [2], data: values, names: ['a', 'b'] } }
        const plan = planPreparation(raw, SPLIT, { ...OPTIONS, targets: 'standardize' }, randomSource(seed))
        const { train, targetPreprocessing } = prepareData(raw, plan, 'error', '')
        for (const at of [0, 1]) {
          const column = [...train.targets].filter((_, index) => index % 2 === at)
          const { mean, deviation } = moments(column)
          expect(mean).toBeCloseTo(0, 4)
          expect(deviation).toBeCloseTo(1, 4)
          const back = column.map((value) => value / (targetPreprocessing?.scale[at] ?? NaN) + (targetPreprocessing?.shift[at] ?? NaN))
          back.forEach((value, row) => expect(value).toBeCloseTo(values[train.source[row] * 2 + at], 3))
        }
      }),
    )
  })
})
