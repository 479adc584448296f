import { describe, expect, test } from 'vitest'
import { initializerAliases, initializerRegistry, initializerSchema, type InitializerContext } from '@shared/catalog/initializers'
import type { Choice } from '@shared/catalog/choice'
import { randomSource } from '@shared/lib/random'
import { initializerCases } from './initializers.cases'

const shape = [200, 300]
const size = 60_000

function context(...words: (string | number)[]): InitializerContext {
  return { shape, fanIn: 200, fanOut: 300, random: randomSource(...words) }
}

function fill(choice: Choice, at: InitializerContext): Float32Array {
  const definition = initializerRegistry.get(choice.type)
  if (definition === undefined) throw new Error(`no initializer ${choice.type}`)
  return definition.fill(at, choice)
}

/** Mean of the powers of the distance from `center`. */
function moment(values: Float32Array, center: number, power: number): number {
  return values.reduce((sum, value) => sum + (value - center) ** power, 0) / values.length
}

describe.each(initializerCases)('$type $options', ({ type, options, mean, variance, reach, kurtosis }) => {
  const choice = initializerSchema.parse({ type, ...options })
  const values = fill(choice, context(1))
  const spread = variance(context(1))

  test('fills the shape', () => {
    expect(values.length).toBe(size)
    expect(values.every(Number.isFinite)).toBe(true)
  })

  test('mean, variance and bounds are those of the formula', () => {
    const center = mean(context(1))
    // Six standard errors: a right generator fails once in 10⁹ seeds, and this seed is fixed.
    expect(Math.abs(moment(values, center, 1))).toBeLessThanOrEqual(6 * Math.sqrt(spread / size))
    const error = Math.sqrt(((kurtosis ?? 3) - 1) / size) * spread
    expect(Math.abs(moment(values, center, 2) - spread)).toBeLessThanOrEqual(6 * error)
    expect(values.every((value) => Math.abs(value - center) <= reach(context(1)) * (1 + 1e-6))).toBe(true)
    if (kurtosis !== null) expect(Math.abs(moment(values, center, 4) / spread ** 2 - kurtosis)).toBeLessThan(0.15)
  })

  test('the same stream gives the same values, another stream others', () => {
    expect(fill(choice, context(1))).toEqual(values)
    if (spread > 0) expect(fill(choice, context(2))).not.toEqual(values)
  })
})

test('bounded distributions come close to their bounds', () => {
  for (const { type, options, reach, mean } of initializerCases.filter((each) => !each.type.startsWith('ortho') && each.reach(context(1)) < Infinity)) {
    const values = fill(initializerSchema.parse({ type, ...options }), context(3))
    const farthest = values.reduce((most, value) => Math.max(most, Math.abs(value - mean(context(1)))), 0)
    expect(farthest, type).toBeGreaterThanOrEqual(reach(context(1)) * 0.995)
  }
})

test.each([
  [30, 50],
  [50, 30],
  [40, 40],
  [8, 3 * 5],
])('orthogonal: the shorter side of %i × %i is orthonormal', (rows, columns) => {
  const values = fill(initializerSchema.parse('orthogonal'), { ...context(4), shape: columns === 15 ? [8, 3, 5] : [rows, columns] })
  const at = (row: number, column: number): number => values[row * columns + column]
  const few = Math.min(rows, columns)
  const many = Math.max(rows, columns)
  for (let a = 0; a < few; a++) {
    for (let b = 0; b < few; b++) {
      let product = 0
      for (let k = 0; k < many; k++) product += rows <= columns ? at(a, k) * at(b, k) : at(k, a) * at(k, b)
      expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-6)
    }
  }
})

test('aliases stand for the same initializer', () => {
  for (const [alias, type] of Object.entries(initializerAliases)) {
    expect(initializerSchema.parse(alias)).toEqual(initializerSchema.parse(type))
    expect(initializerSchema.parse({ type: alias })).toEqual({ type })
  }
})
