import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestCore } from '@test/helpers/core'
import { temporaryDirectory } from '@test/helpers/temporary'

const iris = {
  format: 1,
  name: 'iris',
  dataset: { type: 'iris' },
  model: { nodes: [{ type: 'dense', units: 16, activation: 'tanh' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'confusionMatrix'], optimizer: { type: 'adam', learningRate: 0.02 }, epochs: 20, batchSize: 16 },
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

describe('a run', () => {
  it('trains real data and leaves everything in the history', async () => {
    const run = test.start(iris)
    const { final, samples, step, epoch } = await run.finished()
    expect(final['val.accuracy']).toBeGreaterThan(0.9)
    expect([samples, step, epoch]).toEqual([120 * 20, 8 * 20, 20])
    const kept = test.core.history.getRun(run.runId)
    expect(kept).toMatchObject({ status: 'done', name: 'iris', seed: 42, steps: 160, epochs: 20, samples: 2400 })
    expect(kept?.datasetHash).toBe(run.facts?.contentHash)
    expect(kept?.environment).toMatchObject({ engine: 'onnx', device: 'onnx-cpu' })
    expect(test.core.history.listSeries(run.runId)).toEqual(['epoch.accuracy', 'epoch.loss', 'learningRate', 'train.accuracy', 'train.loss', 'val.accuracy', 'val.loss'])
    expect(test.series(run.runId, 'train.loss').steps).toEqual(Array.from({ length: 160 }, (_, index) => index + 1))
    const matrices = test.core.history.readEvents(run.runId, { kinds: ['evaluation'] })
    expect(matrices).toHaveLength(20)
    expect(JSON.parse(JSON.stringify(matrices[19].data))).toMatchObject({ key: 'val.confusionMatrix', matrix: { rows: 3, columns: 3 } })
  })

  it('reports the epoch loss as the mean over rows, not over batches', async () => {
    const run = test.start({ ...iris, training: { ...iris.training, optimizer: { type: 'sgd', learningRate: 1e-12 }, epochs: 1, batchSize: 50 } })
    await run.finished()
    const { values } = test.series(run.runId, 'train.loss')
    const [epochLoss] = test.series(run.runId, 'epoch.loss').values
    expect(values).toHaveLength(3)
    expect(epochLoss).toBeCloseTo((50 * values[0] + 50 * values[1] + 20 * values[2]) / 120, 12)
  })

  it('draws for a last batch that falls into more parts than whole ones do', async () => {
    // 9 rows in at most 4 parts are 3 of 3 rows, 4 rows are 4 of one.
    const model = { nodes: [{ type: 'dense', units: 8, activation: 'relu' }, { type: 'dropout', rate: 0.5 }, { type: 'dense', units: 3, activation: 'softmax' }] }
    const run = test.start({ ...iris, dataset: { type: 'iris', split: { validation: 29 / 150 } }, model, training: { ...iris.training, epochs: 2, batchSize: 9, accumulation: 4 } })
    const { samples, step } = await run.finished()
    expect([samples, step]).toEqual([121 * 2, 14 * 2])
  })

  it('changes its learning rate while running, in proportion to the schedule, and remembers it', async () => {
    const document = { ...iris, training: { ...iris.training, epochs: 3, schedule: { type: 'linear', finalRate: 0 } } }
    const run = test.start(document, { stepsPerDispatch: 1 })
    run.control({ type: 'pause' })
    const paused = await run.until((event) => event.type === 'paused')
    run.control({ type: 'learningRate', value: 0.5 })
    run.control({ type: 'resume' })
    await run.finished()
    const { values } = test.series(run.runId, 'learningRate')
    const step = 'step' in paused ? paused.step : NaN
    expect(values[step]).toBeCloseTo(0.5, 12)
    expect(values[23] / values[step]).toBeCloseTo((24 - 23) / (24 - step), 1)
    expect(test.core.history.readEvents(run.runId, { kinds: ['hyperparameters'] })).toMatchObject([{ step, data: { learningRate: 0.5 } }])
  })

  it('evaluates every n steps when asked to', async () => {
    const run = test.start({ ...iris, training: { ...iris.training, epochs: 2, evaluateEvery: { steps: 3 } } })
    await run.finished()
    expect(test.series(run.runId, 'val.loss').steps).toEqual([3, 6, 8, 9, 12, 15, 16])
  })

  it('stops at a loss that is not finite, says where it began, and whether a checkpoint was kept', async () => {
    const document = {
      ...iris,
      model: { nodes: [{ id: 'hidden', type: 'dense', units: 4 }, { id: 'wide', type: 'dense', units: 3, activation: 'softmax' }] },
      training: { ...iris.training, loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 1e25 }, epochs: 5, checkpointSeconds: 0 },
    }
    const run = test.start(document, { stepsPerDispatch: 5 })
    const failed = await run.until((event) => event.type === 'failed')
    if (failed.type !== 'failed') throw new Error('did not fail')
    expect(failed.issues).toMatchObject([{ code: 'training-not-finite-unsaved' }])
    const { step, place } = failed.issues[0].args
    expect(Number(step)).toBeGreaterThan(0)
    expect(Number(step)).toBeLessThanOrEqual(failed.step)
    expect(String(place)).toMatch(/hidden|wide|loss|gradient|optimizer/)
    expect(test.core.history.getRun(run.runId)).toMatchObject({ status: 'failed', errors: [{ code: 'training-not-finite-unsaved' }] })

    // The first epoch goes well.
    const schedule = { type: 'piecewise', pieces: [{ from: 1, factor: 1e30 }], unit: 'epochs' }
    const saved = test.start({ ...document, training: { ...document.training, optimizer: { type: 'sgd', learningRate: 0.01 }, schedule } }, { stepsPerDispatch: 1 })
    const later = await saved.until((event) => event.type === 'failed')
    if (later.type !== 'failed') throw new Error('did not fail')
    expect(later.issues).toMatchObject([{ code: 'training-not-finite' }])
    expect((await test.checkpoint(saved.runId)).step).toBe(later.issues[0].args.checkpoint)
  })

  it('leaves nothing behind when its data cannot be read', async () => {
    const before = test.core.history.listRuns().total
    const run = test.start({ ...iris, dataset: { type: 'csv', path: 'no-such-file.csv', target: 'y' } })
    const failed = await run.until((event) => event.type === 'failed')
    expect(failed).toMatchObject({ type: 'failed', issues: [{ path: expect.arrayContaining(['dataset']) as unknown }] })
    expect(test.core.history.listRuns().total).toBe(before)
    expect(run.facts).toBe(null)
  })

  it('is refused before anything is allocated where its memory cannot suffice', async () => {
    const wide = { nodes: [{ type: 'dense', units: 100_000 }, { type: 'dense', units: 1_000_000 }, { type: 'dense', units: 3, activation: 'softmax' }] }
    const run = test.start({ ...iris, model: wide })
    expect(await run.until((event) => event.type === 'failed')).toMatchObject({ issues: [{ code: 'run-model-too-large' }] })
    expect(test.core.history.getRun(run.runId)).toBe(null)
  })

  it('trains a CSV it has never seen with a document of ten lines', async () => {
    const directory = temporaryDirectory()
    const rows = Array.from({ length: 300 }, (_, index) => `${(index % 17) / 4},${index % 3 === 0 ? 'red' : 'blue'},${(index * 7) % 11},${index % 17 > 8 ? 'yes' : 'no'}`)
    writeFileSync(join(directory, 'table.csv'), ['width,color,age,buys', ...rows].join('\n'))
    const document = {
      format: 1,
      dataset: { type: 'csv', path: 'table.csv', target: 'buys' },
      model: { nodes: [{ type: 'dense', units: 16, activation: 'relu' }, { type: 'dense', units: 2, activation: 'softmax' }] },
      training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam', learningRate: 0.01 }, epochs: 30 },
    }
    const run = test.start(document, { baseDirectory: directory })
    const { final } = await run.finished()
    expect(run.facts?.sampleShape).toEqual([4])
    expect(run.facts?.memory?.total).toBeGreaterThan(1e8)
    expect(final['val.accuracy']).toBeGreaterThan(0.95)
  })

  it('takes its turn when the lane is busy, and leaves the queue when stopped there', async () => {
    const long = test.start({ ...iris, training: { ...iris.training, epochs: 100_000 } })
    const next = test.start(iris)
    const waiting = test.start(iris)
    await long.until((event) => event.type === 'points')
    expect(test.core.history.getRun(next.runId)?.status).toBe('queued')
    waiting.control({ type: 'stop', as: 'stopped' })
    long.control({ type: 'stop', as: 'stopped' })
    await next.finished()
    expect([long, next, waiting].map(({ runId }) => test.core.history.getRun(runId)?.status)).toEqual(['stopped', 'done', 'stopped'])
  })

  it('refuses to resume what is done, active or unknown', async () => {
    const run = test.start(iris)
    expect(test.core.resume(run.runId)).toMatchObject({ ok: false, issues: [{ code: 'run-active' }] })
    await run.finished()
    expect(test.core.resume(run.runId)).toMatchObject({ ok: false, issues: [{ code: 'run-already-done' }] })
    expect(test.core.resume('nothing')).toMatchObject({ ok: false, issues: [{ code: 'run-unknown' }] })
  })

  it('goes on only with the data it began with, and loses nothing where it cannot', async () => {
    const directory = temporaryDirectory()
    const table = join(directory, 'table.csv')
    const rows = Array.from({ length: 60 }, (_, index) => `${index},${index % 2 === 0 ? 'even' : 'odd'}`)
    const write = (lines: readonly string[]): void => writeFileSync(table, ['number,kind', ...lines].join('\n'))
    write(rows)
    const run = test.start({ ...iris, dataset: { type: 'csv', path: 'table.csv', target: 'kind' }, model: { nodes: [{ type: 'dense', units: 2, activation: 'softmax' }] }, training: { ...iris.training, epochs: 100_000 } }, { baseDirectory: directory })
    await run.steps(100)
    run.control({ type: 'stop', as: 'interrupted' })
    await run.finished()
    const before = test.core.history.getRun(run.runId)
    const points = test.series(run.runId, 'train.loss')

    rmSync(table)
    const lost = await test.resume(run.runId).until((event) => event.type === 'failed')
    expect(lost).toMatchObject({ issues: [{ code: 'data-file-missing' }] })
    write([...rows, '60,even'])
    const changed = await test.resume(run.runId).until((event) => event.type === 'failed')
    expect(changed).toMatchObject({ issues: [{ code: 'run-data-changed', path: ['dataset'] }] })
    const { steps, epochs, samples, datasetHash } = before ?? {}
    expect(test.core.history.getRun(run.runId)).toMatchObject({ status: 'failed', steps, epochs, samples, datasetHash })
    expect(test.series(run.runId, 'train.loss')).toEqual(points)

    write(rows)
    const again = test.resume(run.runId)
    await again.steps((steps ?? NaN) + 10)
    again.control({ type: 'stop', as: 'stopped' })
    await again.finished()
    expect(test.series(run.runId, 'train.loss').values.slice(0, steps)).toEqual(points.values)
  })

  it('fails at the step whose checkpoint finds no place', async () => {
    const blocked = await TestCore.open()
    // A file where the folder of the artifacts should be stops even root.
    writeFileSync(join(blocked.directory, 'artifacts'), '')
    const run = blocked.start(iris)
    const failed = await run.until((event) => event.type === 'failed')
    expect(failed).toMatchObject({ step: 160, issues: [{ code: 'artifact-not-writable' }] })
    expect(blocked.core.history.getRun(run.runId)).toMatchObject({ status: 'failed', steps: 160, epochs: 20 })
    await blocked.close()
  })
})
