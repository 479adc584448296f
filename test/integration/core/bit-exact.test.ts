import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutShort, TestCore, type Watched } from '@test/helpers/core'

/**
 * The same document, seed, engine and thread count give the same bytes, however steps are grouped and whatever
 * interrupts them. Every document here draws on all that could break it: shuffling, a partial last batch, dropout,
 * batch-norm statistics, slots, a schedule, penalties.
 */
const base = {
  format: 1,
  name: 'bit-exact',
  seed: 7,
  dataset: { type: 'digits', shape: 'flat' },
  training: {
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
    optimizer: { type: 'adam', learningRate: 0.003 },
    schedule: { type: 'cosine', warmup: { steps: 20 } },
    regularization: { type: 'l2', factor: 1e-4 },
    batchSize: 100,
    epochs: 4,
    checkpointSeconds: 0,
  },
  engine: { threads: 2 },
}

const mlp = {
  ...base,
  model: {
    nodes: [
      { type: 'dense', units: 40, activation: 'relu' },
      { type: 'batchNormalization' },
      { type: 'dropout', rate: 0.3 },
      { type: 'dense', units: 10, activation: 'softmax' },
    ],
  },
}

const cnn = {
  ...base,
  dataset: { type: 'digits', shape: 'image' },
  model: {
    nodes: [
      { type: 'conv2d', filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' },
      { type: 'maxPooling2d', poolSize: 2 },
      { type: 'batchNormalization' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.2 },
      { type: 'dense', units: 10, activation: 'softmax' },
    ],
  },
  training: { ...base.training, epochs: 2, optimizer: { type: 'sgd', dialect: 'pytorch', learningRate: 0.05, momentum: 0.9 } },
}

/** Everything that changes rows, targets or weights on the way. */
const augmented = {
  ...base,
  dataset: { type: 'digits', shape: 'image' },
  model: {
    nodes: [
      { type: 'conv2d', filters: 6, kernelSize: 3, padding: 'same', activation: 'relu', kernelConstraint: { type: 'maxNorm', maximum: 1.5 }, activityRegularizer: { type: 'l1', factor: 1e-4 } },
      { type: 'maxPooling2d', poolSize: 2 },
      { type: 'flatten' },
      { type: 'dense', units: 32, activation: 'relu', dropConnect: 0.3, biasConstraint: 'nonNegative' },
      { type: 'dense', units: 10, activation: 'softmax', kernelConstraint: 'unitNorm' },
    ],
  },
  training: {
    ...base.training,
    loss: { type: 'categoricalCrossentropy', labelSmoothing: 0.1 },
    augmentation: [
      { type: 'rotate', degrees: 15 },
      { type: 'zoom', amount: 0.1 },
      { type: 'shift', fill: 'reflect' },
      { type: 'elastic', displacement: 0.4, smoothness: 2 },
      { type: 'flip', probability: 0.1 },
      { type: 'noise', deviation: 0.1 },
      { type: 'randomErasing', fill: 'random' },
      { type: 'cutout', size: 2 },
      { type: 'mixup', alpha: 0.3 },
    ],
    epochs: 2,
  },
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

/** All that a run leaves behind, as bytes and numbers. */
async function traces(run: Watched) {
  const { runId } = run
  const { views, step } = await test.checkpoint(runId)
  return {
    step,
    weights: [...views].map(([name, data]) => [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')]),
    losses: test.series(runId, 'train.loss'),
    penalties: test.series(runId, 'train.penalty'),
    accuracy: test.series(runId, 'train.accuracy'),
    rates: test.series(runId, 'learningRate'),
    validation: test.series(runId, 'val.loss'),
    epochs: test.series(runId, 'epoch.loss'),
  }
}

async function plain(document: object, stepsPerDispatch?: number) {
  const run = test.start(document, { stepsPerDispatch })
  await run.finished()
  return await traces(run)
}

describe.each([
  ['an MLP with dropout and batch norm', mlp],
  ['a CNN with batch norm', cnn],
  ['a CNN with augmentation, constraints and mixed targets', augmented],
])('%s', (_name, document) => {
  it('does not depend on how steps are grouped', async () => {
    const [one, seven, adaptive] = [await plain(document, 1), await plain(document, 7), await plain(document)]
    expect(one.losses.values.length).toBe(15 * document.training.epochs)
    expect(seven).toEqual(one)
    expect(adaptive).toEqual(one)
  })

  it('does not depend on whether the answers are shown meanwhile', async () => {
    const expected = await plain(document)
    const run = test.start(document, { stepsPerDispatch: 4, snapshots: true })
    await run.finished()
    expect(run.events.filter(({ type }) => type === 'snapshot').length).toBeGreaterThanOrEqual(2)
    expect(await traces(run)).toEqual(expected)
  })

  it('does not depend on what is measured meanwhile', async () => {
    const expected = await plain(document)
    const measured = (diagnostics: object | string) => ({ ...document, training: { ...document.training, diagnostics } })
    for (const [diagnostics, stepsPerDispatch] of [[{ everySteps: 1 }, undefined], [{ everySteps: 7, curvature: true }, 4], [{ budget: 1, curvature: true }, 3], ['off', 5]] as const) {
      const run = test.start(measured(diagnostics), { stepsPerDispatch, snapshots: true })
      await run.finished()
      const taken = run.events.flatMap((event) => (event.type === 'diagnostics' ? [event.step] : []))
      // The last step of each epoch has a smaller batch: it is not looked at.
      if (diagnostics !== 'off' && 'everySteps' in diagnostics) {
        const whole = Array.from({ length: 15 * document.training.epochs }, (_, step) => step).filter((step) => step % 15 < 14 && step % diagnostics.everySteps === 0)
        expect(taken).toEqual(whole)
      } else expect(taken.length > 0).toBe(diagnostics !== 'off')
      expect(await traces(run)).toEqual(expected)
    }
  })

  it('does not depend on pauses, single steps and resumption after a stop', async () => {
    const expected = await plain(document)
    const { run } = await cutShort(
      () => test.start(document, { stepsPerDispatch: 3 }),
      async (each) => {
        each.control({ type: 'pause' })
        await each.until((event) => event.type === 'paused')
        for (let step = 1; step <= 4; step++) {
          each.control({ type: 'step' })
          await each.until((event) => event.type === 'paused' && event.step >= step)
        }
        each.control({ type: 'resume' })
        await each.steps(10)
        each.control({ type: 'stop', as: 'stopped' })
      },
    )
    const again = test.resume(run.runId)
    await again.finished()
    expect(await traces(again)).toEqual(expected)
  })

  it('survives kill −9 of the training process', async () => {
    const expected = await plain(document)
    const { run, end } = await cutShort(
      () => test.start(document, { stepsPerDispatch: 2 }),
      async (each) => {
        await each.until((event) => event.type === 'checkpoint')
        await each.steps(17)
        test.core.strike(each.runId, 'kill')
      },
    )
    expect(end).toMatchObject({ type: 'lost', end: { signal: 'SIGKILL' } })
    expect(test.core.history.getRun(run.runId)?.status).toBe('interrupted')
    const again = test.resume(run.runId)
    await again.finished()
    expect(await traces(again)).toEqual(expected)
  })

  it('depends on the seed', async () => {
    const [first, second] = [await plain(document), await plain({ ...document, seed: 8 })]
    expect(second.losses.values[0]).not.toBe(first.losses.values[0])
  })
})
