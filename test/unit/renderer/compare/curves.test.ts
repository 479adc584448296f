import { describe, expect, it } from 'vitest'
import { CurveMaker, type CurvesInput } from '@renderer/views/compare/curves'
import { smooth } from '@renderer/charts/smooth'
import type { SeriesSlice } from '@shared/protocol/views'
import { runView, sliceOf } from './helpers'

const slices = new Map<string, SeriesSlice>([
  ['a train.loss', sliceOf([4, 2, 1, 3])],
  ['b train.loss', sliceOf([2, 4, 5, 1])],
  ['a val.loss', sliceOf([3, 2], [2, 4])],
])
const [a, b] = [runView('a'), runView('b')]
const single: CurvesInput = {
  groups: [
    { id: 'a', label: 'run a', color: 'blue', runs: [a] },
    { id: 'b', label: 'run b', color: 'red', runs: [b] },
  ],
  keys: { train: 'train.loss', epoch: null, validation: 'val.loss' },
  parts: ['train', 'validation'],
  band: 'range',
  settings: { x: 'step', smoothing: 0 },
  seriesOf: (id, key) => slices.get(`${id} ${key}`) ?? null,
  isLive: () => false,
  partName: (part) => (part === 'validation' ? 'validation' : ''),
}

describe('curves', () => {
  it('are solid for training and dashed for validation, in the run’s color', () => {
    const { series, runs, complete } = new CurveMaker().make(single)
    expect(series.map(({ name, color, dashed }) => [name, color, dashed])).toEqual([
      ['run a', 'blue', false],
      ['run a · validation', 'blue', true],
      ['run b', 'red', false],
    ])
    expect([[...runs], complete]).toEqual([['a', 'b'], true])
  })

  it('share the recorded arrays', () => {
    const [line] = new CurveMaker().make(single).series
    expect(line.points.x).toBe(slices.get('a train.loss')?.steps)
    expect(line.points.y).toBe(slices.get('a train.loss')?.values)
  })

  it('stand before their raw ones when they are smoothed; validation stays as it is', () => {
    const { series } = new CurveMaker().make({ ...single, settings: { x: 'step', smoothing: 0.6 } })
    expect(series.map(({ id, faint }) => [id, faint ?? false])).toEqual([['a train raw', true], ['a train', false], ['a validation', false], ['b train raw', true], ['b train', false]])
    expect(series[1].points.y).toEqual(smooth([4, 2, 1, 3], 0.6))
    expect(series[2].points.y).toBe(slices.get('a val.loss')?.values)
  })

  it('are a mean and a band for a group', () => {
    const { series, bands } = new CurveMaker().make({ ...single, groups: [{ id: 'g', label: 'both', color: 'blue', runs: [a, b] }] })
    expect(series.map(({ name }) => name)).toEqual(['both', 'both · validation'])
    expect(Array.from(series[0].points.y)).toEqual([3, 3, 3, 2])
    expect(bands.map(({ low, high }) => [Array.from(low), Array.from(high)])).toEqual([[[2, 2, 1, 1], [4, 4, 5, 3]]])
  })

  it('say of which groups there is no mean, since their runs have no place in common', () => {
    const far = new Map([...slices, ['b train.loss', sliceOf([2, 1], [7, 9])]])
    const groups = [{ id: 'g', label: 'both', color: 'blue', runs: [a, b] }, { id: 'a', label: 'alone', color: 'red', runs: [a] }]
    const { series, bands, apart, cut } = new CurveMaker().make({ ...single, groups, seriesOf: (id, key) => far.get(`${id} ${key}`) ?? null })
    expect([apart, cut, bands]).toEqual([['both'], false, []])
    expect(series.map(({ name }) => name)).toEqual(['both · validation', 'alone', 'alone · validation'])
    expect(new CurveMaker().make({ ...single, groups }).apart).toEqual([])
  })

  it('stay the same objects until something of theirs changes', () => {
    const maker = new CurveMaker()
    const before = maker.make(single).series
    const fresh = sliceOf([4, 2, 1, 3, 2])
    const after = maker.make({ ...single, seriesOf: (id, key) => (id === 'a' && key === 'train.loss' ? fresh : single.seriesOf(id, key)) }).series
    expect(after[0]).not.toBe(before[0])
    expect([after[1], after[2]]).toEqual([before[1], before[2]])
    expect(after[2]).toBe(before[2])
    expect(maker.make({ ...single, settings: { x: 'seconds', smoothing: 0 } }).series[2].points.x).toBe(slices.get('b train.loss')?.seconds)
  })

  it('know what is missing', () => {
    const { complete, series } = new CurveMaker().make({ ...single, seriesOf: (id) => (id === 'a' ? sliceOf([1], [1], 500) : null) })
    expect(complete).toBe(false)
    expect(series).toHaveLength(2)
  })
})
