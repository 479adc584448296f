import type { ExperimentDocument } from '@shared/spec'

/** From where to where the rate rises, over how many updates. */
export interface RangeTest {
  readonly from: number
  readonly to: number
  readonly steps: number
}

export const RANGE_TEST: RangeTest = { from: 1e-6, to: 10, steps: 100 }

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

/** Share of the past in the smoothed loss. */
const SMOOTHING = 0.9
/** A loss so many times the lowest has blown up. */
const BLOWN_UP = 4
/** Updates whose slope is taken together: single ones are noise. */
const REACH = 3

/** What a range test says, from the rate and the loss of every update. Loss that is not finite counts as blown up. */
export function readRangeTest(rates: readonly number[], losses: readonly number[]): RangeResult {
  const smoothed: number[] = []
  let average = 0
  let lowest = Infinity
  let diverged: number | null = null
  for (const [step, loss] of losses.entries()) {
    average = SMOOTHING * average + (1 - SMOOTHING) * loss
    const value = average / (1 - SMOOTHING ** (step + 1))
    if (!Number.isFinite(value) || value > BLOWN_UP * lowest) {
      diverged = rates[step]
      break
    }
    lowest = Math.min(lowest, value)
    smoothed.push(value)
  }
  const bottom = smoothed.indexOf(lowest)
  return { rates: rates.slice(0, smoothed.length), smoothed, suggested: steepest(rates, smoothed, bottom), highest: bottom < 0 ? null : rates[bottom], diverged }
}

/** Rate at which the loss falls fastest by the rate's logarithm, on the way to its lowest. */
function steepest(rates: readonly number[], smoothed: readonly number[], bottom: number): number | null {
  let [best, slope]: [number | null, number] = [null, 0]
  for (let step = REACH; step + REACH <= bottom; step++) {
    const fall = (smoothed[step + REACH] - smoothed[step - REACH]) / Math.log(rates[step + REACH] / rates[step - REACH])
    if (fall < slope) [best, slope] = [rates[step], fall]
  }
  return best === null ? null : Number(best.toPrecision(2))
}
