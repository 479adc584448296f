import { describe, expect, it } from 'vitest'
import { switchDialect } from '@renderer/views/train/how/dialect-switch'

describe('a change of dialect', () => {
  it('offers the same numbers and the equivalent ones, and measures how far each parts', () => {
    const change = switchDialect({ type: 'momentum', dialect: 'textbook', learningRate: 0.5 }, 'keras')
    expect(change).toMatchObject({ from: 'textbook', to: 'keras', sameNumbers: { type: 'momentum', learningRate: 0.5 } })
    // v = μv + (1−μ)g with rate η moves as m = μm − η(1−μ)g does.
    expect(change?.equivalent).toMatchObject({ type: 'momentum', learningRate: 0.05 })
    expect(change?.translation).toMatchObject({ kind: 'settings', exact: 'constantRate' })
    expect(change?.gaps.same).toBeGreaterThan(0.1)
    expect(change?.gaps.equivalent).toBeLessThan(1e-12)
    expect(change?.gaps.dropped).toBeGreaterThan(1e-3)
    expect(change?.formulas).toHaveLength(2)
  })

  it('says where the other dialect does not exist', () => {
    const change = switchDialect({ type: 'lion' }, 'pytorch')
    expect(change).toMatchObject({ translation: { kind: 'absent' }, formulas: [expect.any(String)] })
    expect(change?.sameNumbers).toBeUndefined()
  })

  it('knows settings that mean the same, and settings that mean nothing', () => {
    expect(switchDialect({ type: 'sgd', learningRate: 0.1 }, 'pytorch')?.gaps).toEqual({ same: 0, equivalent: 0, dropped: 0 })
    expect(switchDialect({ type: 'sgd', learningRate: -1 }, 'pytorch')).toBeNull()
  })

})
