import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { showCount, showDuration, showValue } from '@main/cli/numbers'
import { showPath } from '@main/cli/screen'
import { layOutTable } from '@main/cli/table'
import { COLUMN, TEXT } from '@main/cli/text'
import { fill } from '@shared/locales/fill'
import { RUN_STATUS_WORDS } from '@shared/locales/run-status'

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.123456, '0.1235'],
    [-1.5, '-1.5'],
    [123.456, '123.5'],
    [12345.678, '12346'],
    [0.00001234, '1.234e-5'],
    [123456789, '1.235e+8'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('value %d is %s', (value, text) => {
    expect(showValue(value)).toBe(text)
  })

  it.each([
    [999, '999'],
    [1000, '1,000'],
    [1234567.8, '1,234,568'],
  ])('count %d is %s', (value, text) => {
    expect(showCount(value)).toBe(text)
  })

  it.each([
    [0, '0 s'],
    [0.44, '0.4 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59, '59 s'],
    [59.6, '1:00'],
    [187, '3:07'],
    [7387, '2:03:07'],
    [Infinity, '–'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(showDuration(seconds)).toBe(text)
  })
})

describe('table', () => {
  it('lines columns up in any script', () => {
    const lines = layOutTable([{ title: 'name' }, { title: 'loss', align: 'right' }], [['手写数字', '0.5'], ['mlp', '12.25']])
    expect(lines).toEqual(['name       loss', '手写数字    0.5', 'mlp       12.25'])
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1)
  })

  it('leaves no blanks at the ends of lines', () => {
    expect(layOutTable([{ title: 'a' }, { title: 'b' }], [['x', 'long'], ['y', '']])).toEqual(['a  b', 'x  long', 'y'])
  })
})

describe('texts', () => {
  const texts = { ...TEXT, ...COLUMN, ...RUN_STATUS_WORDS }

  it.each(Object.entries(texts))('%s has the same blanks in both languages', (_name, text) => {
    const blanks = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, blank]) => blank).sort()
    expect(blanks(text['zh-CN'])).toEqual(blanks(text.en))
  })

  it('fills what it is given and leaves the rest readable', () => {
    expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}')
  })

  it('shows places as people write them', () => {
    expect(showPath(['model', 'nodes', 2, 'units'])).toBe('model.nodes[2].units')
    expect(showPath([])).toBe('')
  })
})
