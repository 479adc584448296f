import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutShort, TestCore } from '@test/helpers/core'

const base = {
  format: 1,
  name: 'stopping',
  seed: 3,
  dataset: { type: 'digits', shape: 'flat', split: { validation: 0.3 } },
  model: { nodes: [{ type: 'dense', units: 24, activation: 'relu' }, { type: 'batchNormalization' }, { type: 'dense', units: 10, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 100, epochs: 60, checkpointSeconds: 0 },
  engine: { threads: 1 },
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

const withRules = (stopping: readonly object[], training: object = {}) => ({ ...base, training: { ...base.training, ...training, stopping } })

async function finished(document: object, stepsPerDispatch?: number) {
  const run = test.start(document, { stepsPerDispatch })
  const end = await run.finished()
  return { run, end, validation: test.series(run.runId, 'val.loss') }
}

describe('a run ends by itself', () => {
  it('after so many steps, in the middle of an epoch, evaluated there', async () => {
    const { run, end, validation } = await finished(withRules([{ type: 'steps', steps: 31 }]))
    expect(end).toMatchObject({ status: 'done', step: 31, reason: { code: 'stopped-steps', args: { steps: 31 } }, restored: null })
    expect(run.facts?.totalSteps).toBe(31)
    expect(validation.steps.at(-1)).toBe(31)
    expect(end.final['train.loss']).toBeGreaterThan(0)
  })

  it('at its target', async () => {
    const { run, end } = await finished(withRules([{ type: 'target', monitor: 'val.accuracy', value: 0.9 }], { evaluateEvery: { steps: 4 } }))
    expect(end).toMatchObject({ status: 'done', reason: { code: 'stopped-target' } })
    const { values } = test.series(run.runId, 'val.accuracy')
    expect(values.at(-1)).toBeGreaterThanOrEqual(0.9)
    expect(values.slice(0, -1).every((value) => value < 0.9)).toBe(true)
    const event = test.core.history.readEvents(run.runId, { kinds: ['finished'] }).at(-1)
    expect(event?.data).toMatchObject({ reason: { code: 'stopped-target' } })
  })

  it('where the gradient vanishes, with batch gradient descent', async () => {
    const { run, end } = await finished(withRules([{ type: 'gradientNorm', bound: 0.3 }], { batchSize: 'full', epochs: 400 }))
    expect(end.reason?.code).toBe('stopped-gradient-norm')
    const { values } = test.series(run.runId, 'epoch.gradientNorm')
    expect(values.findIndex((value) => value < 0.3)).toBe(values.length - 1)
  })

  it('after so many seconds', async () => {
    const { end } = await finished(withRules([{ type: 'seconds', seconds: 0.3 }], { epochs: 100_000 }))
    expect(end.reason?.code).toBe('stopped-seconds')
    expect(end.seconds).toBeGreaterThanOrEqual(0.3)
  })

  it('after its epochs, and says so', async () => {
    const { end } = await finished({ ...base, training: { ...base.training, epochs: 2 } })
    expect(end.reason).toEqual({ code: 'stopped-epochs', path: [], args: { epochs: 2 } })
  })

  it('refuses to look at a validation part that there is not', async () => {
    const run = test.start({ ...withRules(['earlyStopping' as unknown as object]), dataset: { type: 'digits', shape: 'flat', split: { validation: 0 } } })
    const failed = await run.until((event) => event.type === 'failed')
    expect(failed).toMatchObject({ issues: [{ code: 'stopping-needs-validation' }] })
  })
})

describe('early stopping', () => {
  const document = withRules([{ type: 'earlyStopping', patience: 3 }], { optimizer: { type: 'adam', learningRate: 0.05 } })

  it('ends when nothing has improved, and puts the best weights back', async () => {
    const { run, end, validation } = await finished(document)
    expect(end.reason?.code).toBe('stopped-early-stopping')
    const best = Math.min(...validation.values)
    expect(validation.values.length - 1 - validation.values.indexOf(best)).toBe(3)
    expect(end.restored).toBe(validation.steps[validation.values.indexOf(best)])
    expect(end.final['val.loss']).toBe(best)
    const { views } = await test.checkpoint(run.runId)
    for (const [name, data] of views) if (name.startsWith('best/')) expect(Buffer.from(data.buffer)).toEqual(Buffer.from((views.get(name.slice(5)) ?? new Float32Array()).buffer))
  })

  it('does so at the same step, with the same weights, however steps are grouped and after a stop', async () => {
    const [one, nine] = [await finished(document, 1), await finished(document, 9)]
    const { run } = await cutShort(
      () => test.start(document, { stepsPerDispatch: 5 }),
      async (each) => {
        await each.steps(43)
        each.control({ type: 'stop', as: 'stopped' })
      },
    )
    const again = test.resume(run.runId)
    const resumed = await again.finished()
    const traces = async (runId: string) => {
      const { views, best, stopping } = await test.checkpoint(runId)
      return { best, stopping, views: [...views].map(([name, data]) => [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')]), validation: test.series(runId, 'val.loss') }
    }
    const expected = await traces(one.run.runId)
    expect(await traces(nine.run.runId)).toEqual(expected)
    expect(await traces(run.runId)).toEqual(expected)
    expect([nine.end.step, resumed.step]).toEqual([one.end.step, one.end.step])
  })

  it('that finds the best weights but a spoiled optimizer names the checkpoint that is kept', async () => {
    // Keras's velocity holds the learning rate: with the last update it overflows, while all losses before were finite.
    const optimizer = { type: 'momentum', dialect: 'keras', learningRate: 0.05 }
    const schedule = { type: 'piecewise', unit: 'steps', pieces: [{ from: 4, factor: 1e40 }] }
    const run = test.start(withRules([{ type: 'earlyStopping', patience: 3 }], { optimizer, schedule, batchSize: 'full', epochs: 5 }))
    const failed = await run.until((event) => event.type === 'failed')
    expect(failed).toMatchObject({ issues: [{ code: 'training-not-finite', args: { step: 5, checkpoint: 4 } }] })
    expect(test.core.history.latestCheckpoint(run.runId)?.step).toBe(4)
  })
})
