import { fc } from '@test/helpers/property'
import { describe, expect, test } from 'vitest'
import type { NumberForm } from '@renderer/components/form/fields'
import { chosenOptions, chosenType, isWrittenAs, rangeText, readNumber, shortText, startingValue, stepped, withOption } from '@renderer/components/form/values'

const real: NumberForm = { kind: 'number', integer: false }
const whole: NumberForm = { kind: 'number', integer: true, minimum: 1 }

describe('numbers as they are typed', () => {
  test.each([
    ['0.01', 0.01],
    [' 1e-3 ', 0.001],
    ['1/255', 1 / 255],
    ['1 / 4', 0.25],
    ['−5', -5],
    ['.5', 0.5],
    ['1.', 1],
    ['12\u2009345', 12345],
  ])('%s', (text, value) => expect(readNumber(text)).toBe(value))

  test.each(['', 'abc', '1/0', '1/2/3', '0x10', 'Infinity', 'NaN', '1 2', '--1', 'e5'])('%j is none', (text) => expect(readNumber(text)).toBeNull())

  test('every finite number reads back as it is written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // JavaScript writes −0 as 0.
        expect(readNumber(String(value))).toBe(value + 0)
      }),
    )
  })
})

describe('arrow keys', () => {
  test('step by one, or by a tenth of the size', () => {
    expect(stepped(64, 1, whole)).toBe(65)
    expect(stepped(0.001, 1, real)).toBe(0.0011)
    expect(stepped(0.5, -1, real)).toBe(0.49)
    expect(stepped(0, 1, real)).toBe(0.1)
  })

  test('stay within the bounds', () => {
    expect(stepped(1, -1, whole)).toBe(1)
    expect(stepped(0.99, 1, { ...real, exclusiveMaximum: 1 })).toBe(0.99)
    expect(stepped(0.1, -1, { ...real, exclusiveMinimum: 0.1 })).toBe(0.1)
    expect(stepped(2, 1, { ...real, maximum: 2 })).toBe(2)
  })

  test('never leave a bounded range, wherever they start in it', () => {
    const form: NumberForm = { kind: 'number', integer: false, minimum: 0, exclusiveMaximum: 1 }
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.constantFrom(1 as const, -1 as const), (value, direction) => {
        const next = stepped(value, direction, form)
        expect(next).toBeGreaterThanOrEqual(0)
        expect(next).toBeLessThan(1)
      }),
    )
  })
})

test('ranges in signs', () => {
  expect(rangeText(whole)).toBe('≥ 1')
  expect(rangeText({ ...real, minimum: 0, exclusiveMaximum: 1 })).toBe('0 ≤ · < 1')
  expect(rangeText({ ...whole, maximum: 64 })).toBe('1 … 64')
  expect(rangeText({ ...real, exclusiveMinimum: 0 })).toBe('> 0')
  expect(rangeText({ ...real, maximum: 2 })).toBe('≤ 2')
  expect(rangeText(real)).toBe('')
})

describe('choices', () => {
  test('the type of a bare name and of an object', () => {
    expect([chosenType('relu'), chosenType({ type: 'elu', alpha: 2 }), chosenType(undefined), chosenType(3), chosenType({})]).toEqual(['relu', 'elu', null, null, null])
  })

  test('an option makes an object, the last one gone makes a name again', () => {
    const one = withOption('elu', 'alpha', 2)
    expect(one).toEqual({ type: 'elu', alpha: 2 })
    expect(withOption(one, 'alpha', undefined)).toBe('elu')
    expect(chosenOptions(one)).toEqual({ alpha: 2 })
  })
})

describe('starting values', () => {
  const pair = { kind: 'tuple', items: [whole, whole] } as const

  test('carry numbers over between one number and a pair', () => {
    expect(startingValue(pair, 3)).toEqual([3, 3])
    expect(startingValue(pair, [5, 7])).toEqual([5, 7])
    expect(startingValue(whole, [5, 7])).toBe(5)
    expect(startingValue({ kind: 'tuple', items: [whole, whole, whole, whole] }, [1, 2])).toEqual([1, 2, 1, 2])
  })

  test('fill in what an object must have', () => {
    const steps = { name: 'steps', label: { en: '', 'zh-CN': '' }, help: null, symbol: null, unit: null, path: null, absent: null, required: true, default: undefined, form: whole } as const
    expect(startingValue({ kind: 'object', fields: [steps, { ...steps, name: 'from', required: false }] }, undefined)).toEqual({ steps: 1 })
  })

  test('tell ways of writing apart', () => {
    expect([isWrittenAs(pair, [1, 2]), isWrittenAs(pair, [1]), isWrittenAs(pair, 1), isWrittenAs(whole, 1), isWrittenAs({ kind: 'enum', values: ['a'] }, 'b')]).toEqual([true, false, false, true, false])
  })
})

test('values in a few signs', () => {
  expect([shortText([3, 3]), shortText({ type: 'relu' }), shortText({ steps: 5 }), shortText('same'), shortText(undefined), shortText(null), shortText(['a', 'b'])]).toEqual(['3×3', 'relu', 'steps 5', 'same', '', '', 'a, b'])
})
