import { describe, expect, it } from 'vitest'
import { refinements } from '@renderer/views/compare/refine'
import { FIRST_POINTS, splice } from '@renderer/stores/slices'
import { sliceOf } from './helpers'

const clock = { stepsPerEpoch: 10, batchSize: 1, rows: 10 }
/** A million steps of which every fiftieth is loaded. */
const steps = Array.from({ length: 20_000 }, (_, index) => 1 + 50 * index)
const coarse = { runId: 'r', key: 'train.loss', slice: sliceOf(steps.map(() => 0), steps, 1_000_000), clock }
const plain = { x: 'step', xScale: 'linear', smoothing: 0 } as const

describe('reading more where it shows', () => {
  it('needs nothing while everything is shown', () => expect(refinements([coarse], null, plain)).toEqual([]))

  it('reads the zoomed part, whatever x counts', () => {
    expect(refinements([coarse], [500_000, 501_000], plain)).toEqual([{ runId: 'r', key: 'train.loss', from: 499_951, to: 501_001, most: FIRST_POINTS }])
    expect(refinements([coarse], [50_000, 50_100], { ...plain, x: 'epoch' })).toEqual([{ runId: 'r', key: 'train.loss', from: 499_951, to: 501_001, most: FIRST_POINTS }])
  })

  it('does not read twice what it has', () => {
    const dense = Array.from({ length: 1051 }, (_, index) => 499_951 + index)
    const spliced = splice(coarse.slice, sliceOf(dense.map(() => 0), dense))
    expect(refinements([{ ...coarse, slice: spliced }], [500_000, 501_000], plain)).toEqual([])
  })

  it('reads the beginning of a logarithmic axis', () => {
    expect(refinements([coarse], null, { ...plain, xScale: 'log' })).toEqual([{ runId: 'r', key: 'train.loss', from: 1, to: 10_001, most: FIRST_POINTS }])
  })

  it('reads all for an average, unless it is too much', () => {
    expect(refinements([coarse], null, { ...plain, smoothing: 0.9 })).toEqual([{ runId: 'r', key: 'train.loss', most: 1_000_000 }])
    expect(refinements(Array.from({ length: 5 }, () => coarse), null, { ...plain, smoothing: 0.9 })).toEqual([])
  })
})

describe('splicing', () => {
  it('puts fine points in the place of coarse ones', () => {
    const joined = splice(sliceOf([1, 5, 9], [1, 5, 9], 9), sliceOf([4, 5, 6], [4, 5, 6]))
    expect([...joined.steps]).toEqual([1, 4, 5, 6, 9])
    expect([...joined.values]).toEqual([1, 4, 5, 6, 9])
    expect([...joined.seconds]).toEqual([0.1, 0.4, 0.5, 0.6, 0.9])
    expect(joined).toMatchObject({ total: 9, complete: false })
  })

  it('knows when nothing is missing any more', () => {
    const all = [1, 2, 3, 4]
    expect(splice(sliceOf([1, 4], [1, 4], 4), sliceOf(all, all)).complete).toBe(true)
    const slice = sliceOf([1, 4], [1, 4], 4)
    expect(splice(slice, sliceOf([]))).toBe(slice)
  })
})
