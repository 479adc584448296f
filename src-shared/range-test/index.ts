import { z } from 'zod'
import { field } from '@shared/catalog/definition'
import { failure, issue, type ExperimentDocument, type Result } from '@shared/spec'
import { parseBy } from '@shared/spec/zod-issues'

/** From where to where the rate rises, over how many updates. */
export const rangeTestSchema = z.strictObject({
  from: field(z.number().positive().default(1e-6), { en: 'Learning rate of the first update.', 'zh-CN': '第一次更新的学习率。', symbol: '\\eta_0' }),
  to: field(z.number().positive().default(10), { en: 'Learning rate of the last update; the test ends earlier where the loss is no number any more.', 'zh-CN': '最后一次更新的学习率；损失不再是数值时测试提前结束。', symbol: '\\eta_1' }),
  steps: field(z.int().min(10).max(100_000).default(100), { en: 'Updates from the one to the other. More of them give a smoother curve.', 'zh-CN': '从前者到后者的更新次数。次数越多曲线越平滑。', unit: 'steps' }),
})

export type RangeTest = z.output<typeof rangeTestSchema>

export const RANGE_TEST: RangeTest = rangeTestSchema.parse({})

/** Reads the settings of a range test; the rate has to rise. */
export function parseRangeTest(settings: unknown): Result<RangeTest> {
  const parsed = parseBy(rangeTestSchema, settings)
  if (!parsed.ok) return parsed
  const { from, to } = parsed.value
  return to > from ? parsed : failure(issue('training-range-falls', ['to'], { from, to }))
}

/**
 * The experiment of a learning-rate range test: the document's own model, data and optimizer, its rate raised evenly on
 * a logarithmic scale from the first update to the last. What would end, slow or smooth it is left out. `stepsPerEpoch`
 * only tells how many epochs that takes. Source: Smith (2017), arXiv:1506.01186, section 3.3.
 */
export function rangeTestDocument(document: ExperimentDocument, { from, to, steps }: RangeTest = RANGE_TEST): ExperimentDocument {
  const { stopping: _stopping, averaging: _averaging, ...training } = document.training
  return {
    ...document,
    name: `${document.name} · range test`.slice(0, 200),
    training: {
      ...training,
      optimizer: { ...training.optimizer, learningRate: from },
      schedule: { type: 'exponential', gamma: to / from, every: Math.max(1, steps - 1), unit: 'steps', staircase: false },
      // At least one update an epoch.
      epochs: steps,
      stopping: [{ type: 'steps', steps }],
      evaluateEvery: 'epoch',
    },
  }
}

export interface RangeResult {
  /** Rates, and the loss smoothed over neighboring updates, up to where it blew up. */
  readonly rates: readonly number[]
  readonly smoothed: readonly number[]
  /** Where the loss falls fastest; null where it never falls. */
  readonly suggested: number | null
  /** Where the loss is lowest: the greatest rate that a cyclical schedule may go up to. */
  readonly highest: number | null
  /** Where the loss blew up; null where it did not. */
  readonly diverged: number | null
}

/** Weight of the past in the average that tells whether the loss has blown up. */
const PAST = 0.8
/** A loss so many times the lowest has blown up. */
const BLOWN_UP = 4
/** Share of all updates to either side that a smoothed loss looks at. */
const SMOOTHED_SHARE = 0.05
/** Share of all updates to either side that a slope is taken over: single ones are noise. */
const SLOPE_SHARE = 0.03

/**
 * What a range test says, from the rate and the loss of every update. Loss that is not finite counts as blown up. Losses
 * are smoothed evenly to both sides: an average of the past alone lags, and names rates that are too high.
 */
export function readRangeTest(rates: readonly number[], losses: readonly number[]): RangeResult {
  const end = blowUp(losses)
  const smoothed = smooth(losses.slice(0, end), reachOf(SMOOTHED_SHARE, losses))
  const bottom = smoothed.indexOf(Math.min(...smoothed))
  return {
    rates: rates.slice(0, end),
    smoothed,
    suggested: steepest(rates, smoothed, bottom, reachOf(SLOPE_SHARE, losses)),
    highest: bottom < 0 ? null : rates[bottom],
    diverged: end < losses.length ? rates[end] : null,
  }
}

/** The first update whose average with those before it is no number, or many times the lowest; their count where there is none. */
function blowUp(losses: readonly number[]): number {
  let [sum, weight, lowest] = [0, 0, Infinity]
  for (const [step, loss] of losses.entries()) {
    sum = PAST * sum + loss
    weight = PAST * weight + 1
    const average = sum / weight
    if (!Number.isFinite(average) || average > BLOWN_UP * lowest) return step
    lowest = Math.min(lowest, average)
  }
  return losses.length
}

function reachOf(share: number, losses: readonly number[]): number {
  return Math.max(1, Math.round(share * losses.length))
}

/** Means of neighbors, the nearer the heavier. */
function smooth(values: readonly number[], reach: number): number[] {
  return values.map((_, center) => {
    let [sum, weights] = [0, 0]
    for (let at = Math.max(0, center - reach); at <= Math.min(values.length - 1, center + reach); at++) {
      const weight = reach + 1 - Math.abs(at - center)
      sum += weight * values[at]
      weights += weight
    }
    return sum / weights
  })
}

/** Rate at which the loss falls fastest by the rate's logarithm, on the way to its lowest. */
function steepest(rates: readonly number[], smoothed: readonly number[], bottom: number, reach: number): number | null {
  let [best, slope]: [number | null, number] = [null, 0]
  for (let step = reach; step + reach <= bottom; step++) {
    const fall = (smoothed[step + reach] - smoothed[step - reach]) / Math.log(rates[step + reach] / rates[step - reach])
    if (fall < slope) [best, slope] = [rates[step], fall]
  }
  return best === null ? null : Number(best.toPrecision(2))
}
