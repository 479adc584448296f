import { describe, expect, it } from 'vitest'
import type { RunFacts } from '@shared/protocol/training'
import { metricGroups } from '@renderer/views/train/now/metric-groups'
import { withOtherOptimizer } from '@renderer/views/train/now/other-optimizer'
import { progressOf, speedOf } from '@renderer/views/train/now/progress'
import { positionOf, rateAtPosition, rateSpan } from '@renderer/views/train/now/rate-scale'
import { resultOf } from '@renderer/views/train/now/result'
import { chartMarks, logEntries } from '@renderer/views/train/now/run-events'
import { initialLayout, isLayout, resized, toggled } from '@renderer/views/train/layout'

const facts = { rows: { train: 1000, validation: 200, test: 0 }, stepsPerEpoch: 32, totalSteps: 320, target: { kind: 'class', classes: 2, classNames: ['a', 'b'] } } as unknown as RunFacts

function timed(points: readonly (readonly [step: number, second: number])[]) {
  return { steps: Float64Array.from(points, ([step]) => step), seconds: Float64Array.from(points, ([, second]) => second), length: points.length }
}

describe('speed and time left', () => {
  it('measures the last seconds, not the whole run', () => {
    const points = Array.from({ length: 200 }, (_, index) => [index + 1, index < 100 ? index : 99 + (index - 99) / 10] as const)
    expect(speedOf(timed(points))).toBeCloseTo(10, 6)
  })

  it('cannot be told from less than two moments, or from none that differ', () => {
    expect(speedOf(timed([]))).toBeNull()
    expect(speedOf(timed([[1, 0.1]]))).toBeNull()
    expect(speedOf(timed([[1, 0.1], [2, 0.1]]))).toBeNull()
  })

  it('gives samples per second and what is left', () => {
    const progress = progressOf(facts, timed([[79, 0.5], [80, 1]]), 0)
    expect(progress).toMatchObject({ step: 80, epoch: 2.5, epochs: 10, share: 0.25, stepsPerSecond: 2, remaining: 120 })
    // The last batch of an epoch is smaller: 1,000 rows take 32 steps.
    expect(progress.samplesPerSecond).toBeCloseTo((2 * 1000) / 32, 9)
  })

  it('knows the end, and what the history says before any point came', () => {
    expect(progressOf(facts, timed([[319, 1], [320, 2]]), 0).remaining).toBe(0)
    expect(progressOf(facts, undefined, 160)).toMatchObject({ step: 160, share: 0.5, samplesPerSecond: null, remaining: null })
  })
})

describe('charts of a run', () => {
  it('puts the loss first and the rate last, each with its three curves', () => {
    const groups = metricGroups(['learningRate', 'train.accuracy', 'train.penalty', 'train.loss', 'val.loss', 'epoch.loss', 'val.accuracy', 'test.loss'])
    expect(groups.map(({ name }) => name)).toEqual(['loss', 'accuracy', 'penalty', 'learningRate'])
    expect(groups[0]).toEqual({ name: 'loss', step: 'train.loss', epoch: 'epoch.loss', validation: 'val.loss' })
    expect(groups[3]).toEqual({ name: 'learningRate', step: 'learningRate', epoch: null, validation: null })
  })
})

describe('the log', () => {
  const event = (kind: string, step: number, data: unknown = null) => ({ kind, step, seconds: step / 10, recordedAt: 1000 + step, data: data as never })
  const entries = logEntries([event('prepared', 0, {}), event('hyperparameters', 5, { learningRate: 0.01, factor: 0.5 }), event('pause', 7), event('resume', 7), event('pause', 8), event('pause', 9), event('pause', 20), event('origin', 0), event('crash', 21, { message: 'boom' })])

  it('tells what happened', () => {
    expect(entries.map(({ kind }) => kind)).toEqual(['started', 'rate', 'pause', 'resume', 'pause', 'pause', 'pause', 'crash'])
    expect(entries[1]).toMatchObject({ value: 0.01, factor: 0.5, step: 5 })
    expect(entries.at(-1)).toMatchObject({ message: 'boom' })
  })

  it('marks changed rates, and of single steps the first pause only', () => {
    expect(chartMarks(entries, { pause: 'p', rate: (value) => `r${value}` })).toEqual([
      { x: 5, label: 'r0.01' },
      { x: 7, label: 'p' },
      { x: 20, label: 'p' },
    ])
  })
})

describe('the rate by hand', () => {
  it('goes from a hundredth to a hundredfold in equal factors, and back', () => {
    expect([-1, -0.5, 0, 0.5, 1].map((position) => rateAtPosition(position, 0.01))).toEqual([0.0001, 0.001, 0.01, 0.1, 1])
    expect(rateSpan(0.01)).toEqual([0.0001, 1])
    for (const position of [-0.8, 0, 0.33]) expect(positionOf(rateAtPosition(position, 0.003), 0.003)).toBeCloseTo(position, 2)
    expect([positionOf(0, 1), positionOf(1e9, 1)]).toEqual([-1, 1])
  })
})

describe('the result', () => {
  const summary = (last: number) => ({ count: 1, first: 0, last, lastStep: 1, min: 0, minStep: 1, max: 1, maxStep: 1 })
  const digits = { dataset: { type: 'digits' } }

  it('is about samples that were not trained on, the test part before the validation part', () => {
    expect(resultOf({ metrics: { 'val.accuracy': summary(0.9743), 'epoch.accuracy': summary(1) }, document: digits }, facts)).toEqual({ key: 'result-accuracy-digits', args: { accuracy: '97.4%', count: '200' } })
    const tested = { ...facts, rows: { ...facts.rows, test: 50 } }
    expect(resultOf({ metrics: { 'val.accuracy': summary(0.9), 'test.accuracy': summary(0.8), 'test.loss': summary(1) }, document: {} }, tested)?.args).toEqual({ accuracy: '80.0%', count: '50' })
    // Stopped before the test part was evaluated.
    expect(resultOf({ metrics: { 'val.accuracy': summary(0.9) }, document: {} }, tested)?.args).toMatchObject({ accuracy: '90.0%' })
  })

  it('says so when all were trained on, and falls back to other metrics and the loss', () => {
    const none = { ...facts, rows: { train: 1000, validation: 0, test: 0 } }
    expect(resultOf({ metrics: { 'epoch.accuracy': summary(1) }, document: digits }, none)?.key).toBe('result-accuracy-seen')
    expect(resultOf({ metrics: { 'val.loss': summary(0.5), 'val.r2': summary(0.25) }, document: {} }, facts)?.args).toEqual({ metric: 'r2', value: '0.25', count: '200' })
    expect(resultOf({ metrics: { 'val.loss': summary(0.5) }, document: {} }, facts)?.args).toMatchObject({ metric: 'loss', value: '0.5' })
    expect(resultOf({ metrics: {}, document: {} }, facts)).toBeNull()
  })
})

describe('another optimizer', () => {
  it('is SGD against anything else and Adam against SGD, under another name', () => {
    const tried = withOtherOptimizer({ name: 'mlp', training: { optimizer: 'adam', epochs: 3 } })
    expect(tried).toEqual({ optimizer: 'sgd', document: { name: 'mlp-sgd', training: { optimizer: { type: 'sgd', learningRate: 0.1 }, epochs: 3 } } })
    expect(withOtherOptimizer({ training: { optimizer: { type: 'sgd', momentum: 0.9 } } }).document).toEqual({ name: 'experiment-adam', training: { optimizer: 'adam' } })
  })
})

describe('the columns', () => {
  it('fold but for the last one', () => {
    const one = toggled(toggled(initialLayout, 'what'), 'how')
    expect(one.collapsed).toEqual(['what', 'how'])
    expect(toggled(one, 'now')).toBe(one)
    expect(toggled(one, 'how').collapsed).toEqual(['what'])
  })

  it('keep the widths of those that are not shown', () => {
    const { sizes } = resized({ ...initialLayout, collapsed: ['what'] }, ['how', 'now'], [50, 50])
    expect(sizes).toEqual({ what: 26, how: 37, now: 37 })
  })

  it('are read from settings only when they make sense', () => {
    expect(isLayout(initialLayout)).toBe(true)
    for (const wrong of [null, {}, { sizes: { what: 1, how: 1 }, collapsed: [] }, { ...initialLayout, collapsed: ['what', 'how', 'now'] }, { ...initialLayout, collapsed: ['other'] }]) expect(isLayout(wrong)).toBe(false)
  })
})
