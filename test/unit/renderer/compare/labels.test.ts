import { describe, expect, it } from 'vitest'
import { labelParts, runLabels } from '@renderer/views/compare/labels'
import { runView } from './helpers'

describe('labels of runs', () => {
  it('are names, with the seed or the end of the id where names are the same', () => {
    const runs = [runView('20260101-aaaa', { name: 'one' }), runView('20260101-bbbb', { name: 'two', seed: 1 }), runView('20260101-cccc', { name: 'two', seed: 2 }), runView('20260101-dddd', { name: 'three' }), runView('20260101-eeee', { name: 'three' })]
    expect([...runLabels(runs).values()]).toEqual(['one', 'two · 1', 'two · 2', 'three · dddd', 'three · eeee'])
  })

  it('keep their end where they differ, whole characters', () => {
    expect(labelParts('moons-rmsprop-lr0.01 · 5')).toEqual(['moons-rmsprop-l', 'r0.01 · 5'])
    expect(labelParts('sgd')).toEqual(['', 'sgd'])
    expect(labelParts('a😀23456789')).toEqual(['a', '😀23456789'])
  })
})
