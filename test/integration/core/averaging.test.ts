import { afterAll, beforeAll, expect, it } from 'vitest'
import { collectModel } from '@main/core/exports/collect'
import { need } from '@shared/spec'
import { TestCore } from '@test/helpers/core'

const base = {
  format: 1,
  name: 'averaging',
  seed: 3,
  dataset: { type: 'digits', shape: 'flat', split: { validation: 0.3 } },
  model: { nodes: [{ type: 'dense', units: 12, activation: 'relu' }, { type: 'batchNormalization' }, { type: 'dense', units: 10, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize: 200, epochs: 4, checkpointSeconds: 0 },
  engine: { threads: 1 },
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

const averaged = (averaging: object | undefined, training: object = {}) => ({ ...base, training: { ...base.training, ...training, averaging } })

async function finished(document: object) {
  const run = test.start(document)
  await run.finished()
  const { views } = await test.checkpoint(run.runId)
  return { runId: run.runId, views, losses: test.series(run.runId, 'train.loss').values, validation: test.series(run.runId, 'val.loss').values }
}

it('SWA is the mean of the weights at the ends of its epochs, and changes nothing of the training', async () => {
  const swa = await finished(averaged({ type: 'swa', start: 0.5 }))
  const plain = await Promise.all([2, 3, 4].map(async (epochs) => await finished(averaged(undefined, { epochs }))))
  expect(swa.losses).toEqual(plain[2].losses)
  const kernel = [...swa.views.keys()].find((name) => name.startsWith('average/') && name.endsWith('kernel'))?.slice(8) ?? ''
  const found = swa.views.get(`average/${kernel}`) ?? new Float32Array()
  expect(found.length).toBeGreaterThan(100)
  for (const [at, value] of found.entries()) expect(value).toBeCloseTo(plain.reduce((sum, { views }) => sum + (views.get(kernel)?.[at] ?? Number.NaN), 0) / 3, 6)
  expect(swa.views.get(kernel)).toEqual(plain[2].views.get(kernel))
})

it('evaluation and exports take the averages where they are to be used', async () => {
  const [used, kept, none] = [await finished(averaged({ type: 'ema', decay: 0.9 })), await finished(averaged({ type: 'ema', decay: 0.9, use: false })), await finished(averaged(undefined))]
  expect(kept.validation).toEqual(none.validation)
  expect(used.validation).not.toEqual(none.validation)
  expect([...used.views]).toEqual([...kept.views])
  for (const { run, prefix } of [{ run: used, prefix: 'average/' }, { run: kept, prefix: '' }]) {
    const model = need(await collectModel(test.core.history, run.runId))
    for (const { fullName } of model.plan.layout.weights) expect(model.state.find(({ name }) => name === fullName)?.data).toEqual(run.views.get(`${prefix}${fullName}`))
  }
})

it('an average of decay 0 is the weights themselves: the same validation as without', async () => {
  const [zero, none] = [await finished(averaged({ type: 'ema', decay: 0, statistics: 'average' })), await finished(averaged(undefined))]
  expect(zero.validation).toEqual(none.validation)
})

it('early stopping puts the averages of the best evaluation back, too', async () => {
  const run = await finished(averaged({ type: 'ema', decay: 0.5 }, { stopping: [{ type: 'earlyStopping', patience: 2 }], epochs: 60, optimizer: { type: 'adam', learningRate: 0.1 } }))
  const names = [...run.views.keys()].filter((name) => name.startsWith('best/average/'))
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(run.views.get(name.slice(5))).toEqual(run.views.get(name))
})
