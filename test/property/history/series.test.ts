import { fc } from '@test/helpers/property'
import { expect, test } from 'vitest'
import type { Cursor, HistoryApi, Points, SeriesView } from '@main/core/history'
import { bucketSize } from '@main/core/history/series-reader'
import { bucketPoints } from '@main/core/history/pyramid'
import { randomSource, type RandomSource } from '@shared/lib/random'
import { close, NEW_RUN, opened } from '../../helpers/history'
import { temporaryDirectory } from '../../helpers/temporary'

/** The series as plain arrays: what the history must agree with. */
interface Model {
  steps: number[]
  times: number[]
  values: number[]
}

const KEY = 'train.loss'

/** Mostly smooth, with spikes, NaN and infinities; float32 or float64. */
function drawBatch(model: Model, size: number, random: RandomSource): Model {
  const narrow = random.uniform() < 0.5
  const strided = random.uniform() < 0.5
  const troubled = random.uniform() < 0.3
  let step = (model.steps.at(-1) ?? -1) + 1
  let time = model.times.at(-1) ?? 0
  const batch: Model = { steps: [], times: [], values: [] }
  for (let index = 0; index < size; index++) {
    batch.steps.push(step)
    step += strided ? 1 : random.integer(4)
    batch.times.push((time += random.uniform()))
    const draw = random.uniform()
    const value = draw < 0.0005 ? 1000 * random.normal() : random.normal()
    const trouble = draw < 0.9 ? Number.NaN : draw < 0.95 ? Infinity : -Infinity
    batch.values.push(troubled && random.uniform() < 0.7 ? trouble : narrow ? Math.fround(value) : value)
  }
  return batch
}

function append(history: HistoryApi, id: string, model: Model, batch: Model): void {
  history.appendPoints(id, { steps: batch.steps, times: batch.times, columns: { [KEY]: batch.values } })
  for (const name of ['steps', 'times', 'values'] as const) for (const each of batch[name]) model[name].push(each)
}

function truncate(model: Model, step: number): void {
  const kept = model.steps.filter((each) => each <= step).length
  for (const name of ['steps', 'times', 'values'] as const) model[name].length = kept
}

function expectPoints(points: Points, model: Model, from: number, to: number): void {
  expect(points.steps).toEqual(Float64Array.from(model.steps.slice(from, to)))
  expect(points.values).toEqual(Float64Array.from(model.values.slice(from, to)))
  points.times.forEach((time, index) => expect(Math.abs(time - model.times[from + index])).toBeLessThan(1e-3))
}

/** Of the finite values among the points `from` to `to` (exclusive). */
function summarize(model: Model, from: number, to: number) {
  let [min, minAt, max, maxAt, sum, finite] = [Number.NaN, -1, Number.NaN, -1, 0, 0]
  for (let at = from; at < to; at++) {
    const value = model.values[at]
    if (!Number.isFinite(value)) continue
    if (!(min <= value)) [min, minAt] = [value, at]
    if (!(max >= value)) [max, maxAt] = [value, at]
    sum += value
    finite++
  }
  return { min, minAt, max, maxAt, mean: finite === 0 ? Number.NaN : sum / finite, finite, nonFinite: to - from - finite }
}

function expectAggregate(history: HistoryApi, id: string, model: Model): void {
  const found = history.getRun(id)?.metrics[KEY]
  const count = model.steps.length
  if (count === 0) {
    expect(found).toBeUndefined()
    return
  }
  const { min, minAt, max, maxAt, nonFinite } = summarize(model, 0, count)
  expect(found).toEqual({
    count,
    nonFinite,
    first: model.values[0],
    firstStep: model.steps[0],
    last: model.values[count - 1],
    lastStep: model.steps[count - 1],
    min,
    minStep: minAt < 0 ? Number.NaN : model.steps[minAt],
    max,
    maxStep: maxAt < 0 ? Number.NaN : model.steps[maxAt],
  })
}

/** Buckets tile the range; each says of its points exactly what a plain loop over them says. */
function expectBuckets(view: SeriesView, model: Model, from: number, to: number, maxPoints: number): void {
  const { buckets } = view
  if (buckets === null) throw new Error('no buckets')
  const { size } = bucketSize(Math.ceil((to - from) / (Math.floor((maxPoints - 2) / 2) - 1)))
  let at = from
  for (let index = 0; index < buckets.min.length; index++) {
    const end = Math.min(to, (Math.floor(at / size) + 1) * size)
    const { min, minAt, max, maxAt, mean, finite, nonFinite } = summarize(model, at, end)
    const { min: foundMin, max: foundMax, finite: foundFinite, nonFinite: foundNonFinite, firstStep, minStep, maxStep } = buckets
    expect([foundMin[index], foundMax[index], foundFinite[index], foundNonFinite[index]]).toEqual([min, max, finite, nonFinite])
    expect(firstStep[index]).toBe(model.steps[at])
    if (finite > 0) {
      expect([minStep[index], maxStep[index]]).toEqual([model.steps[minAt], model.steps[maxAt]])
      expect(Math.abs(buckets.minTime[index] - model.times[minAt])).toBeLessThan(1e-3)
      expect(Math.abs(buckets.maxTime[index] - model.times[maxAt])).toBeLessThan(1e-3)
      expect(Math.abs(buckets.mean[index] - mean)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(min), Math.abs(max)))
    }
    at = end
  }
  expect(at).toBe(to)
}

/** Drawn points are real (NaN may stand for an infinity), in order, begin and end with the range's, hold its extremes. */
function expectDrawn(view: SeriesView, model: Model, from: number, to: number): void {
  const real = new Map<number, number[]>()
  for (let at = from; at < to; at++) real.set(model.steps[at], [...(real.get(model.steps[at]) ?? []), model.values[at]])
  view.steps.forEach((step, index) => {
    const found = view.values[index]
    expect(real.get(step)?.some((value) => Object.is(value, found) || (Number.isNaN(found) && !Number.isFinite(value)))).toBe(true)
  })
  for (let index = 1; index < view.steps.length; index++) expect(view.steps[index]).toBeGreaterThanOrEqual(view.steps[index - 1])
  expect([view.steps[0], view.values[0]]).toEqual([model.steps[from], model.values[from]])
  expect([view.steps.at(-1), view.values.at(-1)]).toEqual([model.steps[to - 1], model.values[to - 1]])
  const { min, max } = summarize(model, from, to)
  if (Number.isFinite(min)) expect([...view.values].filter(Number.isFinite)).toEqual(expect.arrayContaining([min, max]))
}

function expectView(history: HistoryApi, id: string, model: Model, random: RandomSource): void {
  const count = model.steps.length
  const draw = (): number => (model.steps[random.integer(Math.max(1, count))] ?? 0) + random.integer(3) - 1
  const [a, b] = [draw(), draw()].sort((left, right) => left - right)
  const whole = random.uniform() < 0.3
  const maxPoints = 16 + random.integer(random.uniform() < 0.5 ? 50 : 3000)
  const view = history.readSeries(id, KEY, whole ? { maxPoints } : { from: a, to: b, maxPoints })
  const from = whole ? 0 : model.steps.filter((step) => step < a).length
  const to = whole ? count : model.steps.filter((step) => step <= b).length
  expect(view.total).toBe(Math.max(0, to - from))
  expect(view.steps.length).toBeLessThanOrEqual(maxPoints)
  if (view.total <= maxPoints) {
    expect(view.buckets).toBeNull()
    expectPoints(view, model, from, Math.max(from, to))
  } else {
    expectBuckets(view, model, from, to, maxPoints)
    expectDrawn(view, model, from, to)
  }
}

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('append' as const), size: fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 40_000 })) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('read' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('flush' as const, 'reopen' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('rewind' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }) },
)

test('whatever is appended, flushed, reopened and rewound: reads agree with plain arrays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 14 }), fc.integer(), async (actions, seed) => {
      const random = randomSource(seed)
      const directory = temporaryDirectory()
      let history = await opened(directory)
      const id = history.createRun(NEW_RUN)
      const model: Model = { steps: [], times: [], values: [] }
      for (const each of [...actions, { type: 'read' as const }]) {
        if (each.type === 'append') append(history, id, model, drawBatch(model, each.size, random))
        else if (each.type === 'flush') history.flush()
        else if (each.type === 'read') expectView(history, id, model, random)
        else if (each.type === 'rewind') {
          const step = Math.floor((model.steps.at(-1) ?? 0) * each.share)
          history.rewindRun(id, step)
          truncate(model, step)
        } else {
          close(history)
          history = await opened(directory)
        }
      }
      expectAggregate(history, id, model)
      expect(history.check()).toEqual([])
      close(history)
    }),
    { numRuns: 40 },
  )
}, 240_000)

test('a live reader gets every point once, and starts anew after a rewind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 12 }), fc.integer(), async (actions, seed) => {
      const random = randomSource(seed)
      const history = await opened(temporaryDirectory())
      const id = history.createRun(NEW_RUN)
      const model: Model = { steps: [], times: [], values: [] }
      const seen: Model = { steps: [], times: [], values: [] }
      let cursor: Cursor | null = null
      const read = (): boolean => {
        const points = history.readNewPoints(id, KEY, cursor, 1 + random.integer(20_000))
        cursor = points.cursor
        if (points.restarted) truncate(seen, -1)
        for (const name of ['steps', 'times', 'values'] as const) for (const value of points[name]) seen[name].push(value)
        return points.more
      }
      for (const each of actions) {
        if (each.type === 'append') append(history, id, model, drawBatch(model, each.size, random))
        else if (each.type === 'rewind') {
          history.rewindRun(id, Math.floor((model.steps.at(-1) ?? 0) * each.share))
          truncate(model, Math.floor((model.steps.at(-1) ?? 0) * each.share))
        } else read()
      }
      while (read());
      expect(seen.steps).toEqual(model.steps)
      expect(seen.values).toEqual(model.values)
      close(history)
    }),
    { numRuns: 40 },
  )
}, 240_000)

test('a bucket is made of 4 to 16 stored ones, and is at most a quarter larger than asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (least) => {
      const { size, level } = bucketSize(least)
      const unit = bucketPoints(level)
      expect(size % unit).toBe(0)
      expect(size).toBeGreaterThanOrEqual(least)
      expect(size).toBeLessThan(least + unit)
      if (level > 0) expect(size / unit).toBeGreaterThanOrEqual(4)
      if (level > 0) expect(size / unit).toBeLessThanOrEqual(16)
    }),
  )
})
