import { describe, expect, test } from 'vitest'
import { remainingOf, speedOf } from '@renderer/app/pace'
import { runView } from '../compare/helpers'

const document = { training: { epochs: 10 } }

describe('pace of running runs', () => {
  test('speeds add up; a run that has not begun counts for nothing', () => {
    expect(speedOf([runView('a', { samples: 1000, seconds: 2 }), runView('b', { samples: 300, seconds: 1 }), runView('c')])).toBe(800)
    expect(speedOf([runView('c')])).toBeNull()
  })

  test('what is left is left of the slowest', () => {
    expect(remainingOf([runView('a', { epochs: 5, seconds: 10, document }), runView('b', { epochs: 2, seconds: 10, document })])).toBe(40)
    expect(remainingOf([runView('a', { epochs: 10, seconds: 10, document })])).toBe(0)
  })

  test('nothing is promised before every run has finished an epoch', () => {
    expect(remainingOf([runView('a', { epochs: 5, seconds: 10, document }), runView('b', { document })])).toBeNull()
    expect(remainingOf([])).toBeNull()
  })
})
