import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rateAt, schedules, scheduleSchema } from '@shared/catalog/schedules'
import { TestCore } from '@test/helpers/core'

/** Layers and schedules train through the real worker and engine: they learn, and give the same bytes however steps are grouped. */
const decoder = {
  format: 1,
  name: 'breadth',
  seed: 11,
  dataset: { type: 'digits', shape: 'image' },
  model: {
    nodes: [
      { id: 'input', type: 'input' },
      { id: 'noise', type: 'gaussianNoise', deviation: 0.2 },
      { id: 'narrow', type: 'conv2d', filters: 8, strides: 2, padding: 'same', activation: 'relu' },
      { id: 'group', type: 'groupNormalization', groups: 4 },
      { id: 'wide', type: 'conv2dTranspose', filters: 6, strides: 2, padding: 'same', activation: 'relu' },
      { id: 'instance', type: 'instanceNormalization' },
      { id: 'drop', type: 'spatialDropout2d', rate: 0.2 },
      { id: 'enlarged', type: 'upsampling2d', size: [2, 1] },
      { id: 'padded', type: 'zeroPadding2d', padding: [0, 1, 0, 1] },
      { id: 'flat', type: 'flatten' },
      { id: 'left', type: 'dense', units: 16 },
      { id: 'right', type: 'dense', units: 16 },
      { id: 'larger', type: 'maximum' },
      { id: 'difference', type: 'subtract' },
      { id: 'mean', type: 'average' },
      { id: 'rms', type: 'rmsNormalization' },
      { id: 'output', type: 'dense', units: 10, activation: 'softmax' },
    ],
    edges: [
      ...['input', 'noise', 'narrow', 'group', 'wide', 'instance', 'drop', 'enlarged', 'padded', 'flat'].map((from, at, chain) => [from, chain[at + 1] ?? 'left']),
      ['flat', 'right'],
      ['left', 'larger'],
      ['right', 'larger'],
      ['larger', 'difference'],
      ['right', 'difference'],
      ['difference', 'mean'],
      ['left', 'mean'],
      ['mean', 'rms'],
      ['rms', 'output'],
    ],
  },
  training: {
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
    optimizer: { type: 'adam', learningRate: 0.005 },
    schedule: 'oneCycle',
    batchSize: 64,
    epochs: 3,
    checkpointSeconds: 0,
  },
  engine: { threads: 1 },
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

async function weights(runId: string): Promise<string[]> {
  const { views } = await test.checkpoint(runId)
  return [...views.values()].map((data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'))
}

it('a network of every layer of the breadth learns, alike however steps are grouped', async () => {
  const runs = [1, 7].map((stepsPerDispatch) => test.start(decoder, { stepsPerDispatch }))
  for (const run of runs) await run.finished()
  const [first, second] = await Promise.all(runs.map(({ runId }) => weights(runId)))
  expect(second).toEqual(first)
  const losses = [...test.series(runs[0].runId, 'train.loss').values]
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean(losses.slice(-10))).toBeLessThan(0.5 * mean(losses.slice(0, 10)))
})

describe('every schedule drives the run’s rate', () => {
  it.each(schedules.map(({ type }) => type))('%s', async (type) => {
    const training = { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.05 }, schedule: { type, warmup: { steps: 3 } }, batchSize: 400, epochs: 4 }
    const model = { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] }
    const run = test.start({ ...decoder, dataset: { type: 'digits', shape: 'flat' }, model, training })
    await run.finished()
    const rates = [...test.series(run.runId, 'learningRate').values]
    expect(rates.length).toBeGreaterThan(12)
    const stepsPerEpoch = rates.length / 4
    const expected = rateAt(scheduleSchema.parse(training.schedule), { base: 0.05, totalSteps: rates.length, stepsPerEpoch })
    rates.forEach((rate, step) => expect(rate).toBeCloseTo(expected(step), 9))
  })
})
