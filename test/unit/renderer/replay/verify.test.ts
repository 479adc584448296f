import { describe, expect, it } from 'vitest'
import { verdictOf } from '@renderer/views/replay/verify'
import { firstIntervention, eventSteps, momentsOf } from '@renderer/views/replay/moments'
import { sliceOf } from '../compare/helpers'

const loss = [2, 1.5, NaN, 0.1 + 0.2]
const original = new Map([['train.loss', sliceOf(loss)], ['val.loss', sliceOf([1.9, 1.2], [2, 4])]])

function repeated(train: readonly number[], validation: readonly number[] = [1.9, 1.2]) {
  return new Map([['train.loss', sliceOf(train)], ['val.loss', sliceOf(validation, [2, 4].slice(0, validation.length))]])
}

describe('verifying', () => {
  it('finds equal what is equal to the last bit, NaN included', () => {
    expect(verdictOf(original, repeated(loss), 4)).toEqual({ kind: 'identical', metrics: 2, points: 6 })
  })

  it('names the first step that differs, of whatever metric', () => {
    expect(verdictOf(original, repeated([2, 1.5, NaN, 0.3]), 4)).toEqual({ kind: 'different', key: 'train.loss', step: 4, before: 0.1 + 0.2, after: 0.3 })
    expect(verdictOf(original, repeated([2, 1.5, 1, 0.3], [1.8, 1.2]), 4)).toEqual({ kind: 'different', key: 'val.loss', step: 2, before: 1.9, after: 1.8 })
    expect(verdictOf(new Map([['a', sliceOf([0])]]), new Map([['a', sliceOf([-0])]]), 1).kind).toBe('different')
  })

  it('looks no further than it was told', () => {
    expect(verdictOf(original, repeated([2, 1.5, NaN, 7], [1.9]), 3)).toEqual({ kind: 'identical', metrics: 2, points: 4 })
  })

  it('misses what only one of them has', () => {
    expect(verdictOf(original, repeated([2, 1.5]), 4)).toEqual({ kind: 'missing', key: 'train.loss', step: 3 })
    expect(verdictOf(original, repeated(loss, [1.9]), 4)).toEqual({ kind: 'missing', key: 'val.loss', step: 4 })
    expect(verdictOf(original, new Map([['train.loss', sliceOf(loss)]]), 4)).toEqual({ kind: 'missing', key: 'val.loss', step: 2 })
    expect(verdictOf(new Map([['a', sliceOf([1])]]), new Map([['a', sliceOf([1, 2])]]), 2)).toEqual({ kind: 'missing', key: 'a', step: 2 })
  })
})

describe('recorded moments', () => {
  const at = (kind: string, step: number, data: unknown = null) => ({ kind, step, seconds: step / 10, recordedAt: 0, data: data as never })
  const events = [
    at('prepared', 0, { totalSteps: 9 }),
    at('snapshot', 0, { kind: 'plane' }),
    at('pictures', 0, { purpose: 'samples' }),
    at('evaluation', 5, { key: 'val.confusionMatrix', matrix: { rows: 2, columns: 2, data: [1, 2, 3, 4] } }),
    at('hyperparameters', 6, { learningRate: 0.1, factor: 2 }),
    at('pause', 7),
    at('resume', 7),
    at('evaluation', 9, { key: 'val.confusionMatrix', matrix: { rows: 2, columns: 2, data: [4, 3, 2, 1] } }),
    at('pictures', 9, { purpose: 'worst' }),
    at('finished', 9),
  ]

  it('are sorted by what they show', () => {
    const moments = momentsOf(events)
    expect(moments.facts).toMatchObject({ totalSteps: 9 })
    expect(moments.matrices.get('val.confusionMatrix')).toEqual([
      { step: 5, value: { size: 2, values: [1, 2, 3, 4] } },
      { step: 9, value: { size: 2, values: [4, 3, 2, 1] } },
    ])
    expect(moments.snapshots.map(({ step }) => step)).toEqual([0])
    expect([moments.samples?.purpose, moments.worst?.purpose]).toEqual(['samples', 'worst'])
    expect(moments.log.map(({ kind }) => kind)).toEqual(['started', 'rate', 'pause', 'resume', 'finished'])
    expect(eventSteps(moments)).toEqual([0, 5, 6, 7, 9])
  })

  it('tell from where on a document alone does not lead to the run', () => {
    expect(firstIntervention(events)).toBe(6)
    expect(firstIntervention(events.slice(0, 4))).toBe(Infinity)
  })
})
