import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc } from '@test/helpers/property'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportRun } from '@main/core/exports'
import { need } from '@shared/spec'
import { TestCore, type Watched } from '@test/helpers/core'

/**
 * Whatever a document asks of training, its run is the same to the last bit however steps are grouped, and after a
 * pause, a stop and a resumption from the checkpoint: over documents drawn at random from all settings.
 */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const training = fc.record({
  optimizer: fc.constantFrom(
    { type: 'sgd', learningRate: 0.1 },
    { type: 'momentum', dialect: 'pytorch', learningRate: 0.05, dampening: 0.1 },
    { type: 'nesterov', dialect: 'textbook', learningRate: 0.03 },
    { type: 'adam', learningRate: 0.01, weightDecay: 0.01 },
    { type: 'adamw', dialect: 'pytorch', learningRate: 0.01 },
    { type: 'radam', learningRate: 0.02, beta2: 0.9 },
    { type: 'rmsprop', learningRate: 0.005, momentum: 0.5, centered: true },
    { type: 'lion', learningRate: 0.002 },
  ),
  schedule: maybe(fc.constantFrom({ type: 'plateau', patience: 1, factor: 0.5, minDelta: 0.05, warmup: { steps: 3 } }, { type: 'oneCycle' }, { type: 'cyclical', stepSize: 4, unit: 'steps' }, { type: 'cosine', warmup: { epochs: 1 } })),
  cycled: fc.boolean(),
  accumulation: maybe(fc.constantFrom(2, 3)),
  gradientClip: maybe(fc.constantFrom('globalNorm', { type: 'norm', maximum: 0.2 }, { type: 'value', maximum: 0.01 }, 'adaptive')),
  gradientNoise: maybe(fc.constant({ variance: 1e-4 })),
  averaging: maybe(fc.constantFrom({ type: 'ema', decay: 0.9, statistics: 'average' }, { type: 'swa', start: 0.3, every: 5, unit: 'steps' })),
  stopping: maybe(fc.constantFrom([{ type: 'earlyStopping', patience: 1, minDelta: 0.1 }], [{ type: 'steps', steps: 29 }, { type: 'gradientNorm', bound: 1e-6 }], [{ type: 'target', monitor: 'val.accuracy', value: 0.93 }])),
  parameterGroups: maybe(fc.constantFrom([{ layers: ['hidden'], rateFactor: 0.5, decay: 'all' }], [{ layers: ['norm'], frozen: true }])),
  evaluateEvery: fc.constantFrom('epoch', { steps: 7 }),
  batchSize: fc.constantFrom(100, 130),
  regularization: maybe(fc.constant({ type: 'l2', factor: 1e-3 })),
  /** By a run, or by the ONNX file that it was exported to; a layer matched with one that is wider, with one that is as wide, or none. */
  taught: maybe(fc.record({ by: fc.constantFrom('run', 'file'), alpha: fc.constantFrom(0, 0.3), temperature: fc.constantFrom(1, 4), matched: maybe(fc.constantFrom('hidden', 'wide')) })),
})

type Drawn = typeof training extends fc.Arbitrary<infer T> ? T : never

const dataset = { type: 'digits', shape: 'flat', split: { validation: 0.4, seed: 5 } }

function documentOf({ cycled, ...drawn }: Omit<Drawn, 'taught'>, seed: number) {
  const movable = ['momentum', 'nesterov', 'adam', 'adamw', 'radam'].includes(drawn.optimizer.type)
  const schedule = drawn.schedule === undefined || !cycled || !movable ? drawn.schedule : { ...drawn.schedule, momentum: { low: 0.7, high: 0.9 } }
  const settings = JSON.parse(JSON.stringify({ loss: 'categoricalCrossentropy', metrics: ['accuracy'], epochs: 4, checkpointSeconds: 0, ...drawn, schedule })) as object
  return {
    format: 1,
    name: 'random',
    seed,
    dataset,
    model: {
      nodes: [
        { id: 'hidden', type: 'dense', units: 16, activation: 'relu' },
        { id: 'norm', type: 'batchNormalization' },
        { id: 'drop', type: 'dropout', rate: 0.2 },
        { id: 'wide', type: 'dense', units: 24, activation: 'tanh' },
        { id: 'out', type: 'dense', units: 10, activation: 'softmax' },
      ],
    },
    training: settings,
    engine: { threads: 1 },
  }
}

let test: TestCore
/** As a document names its teacher. */
const teachers: Record<string, object> = {}
beforeAll(async () => {
  test = await TestCore.open()
  const nodes = [{ type: 'dense', id: 'inner', units: 24, activation: 'relu' }, { type: 'dense', units: 10, activation: 'softmax' }]
  const teacher = test.start({ format: 1, name: 'teacher', dataset, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: 'adam', epochs: 3 }, engine: { threads: 1 } })
  await teacher.finished()
  const file = need(await exportRun(test.core.history, teacher.runId, 'onnx'))
  writeFileSync(join(test.directory, 'teacher.onnx'), file.content)
  teachers.run = { run: teacher.runId }
  teachers.file = { kind: 'onnx', file: join(test.directory, 'teacher.onnx') }
})
afterAll(async () => await test.close())

async function traces({ runId }: Watched) {
  const { views, step, stopping, best, scheduleMemory, rateChanges, final } = await test.checkpoint(runId)
  const keys = ['train.loss', 'train.accuracy', 'gradientNorm', 'learningRate', 'momentum', 'val.loss', 'epoch.loss', 'train.distillation', 'train.feature']
  return {
    kept: { step, stopping, best, scheduleMemory, rateChanges, final },
    weights: [...views].map(([name, data]) => [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')]),
    series: keys.map((key) => [key, test.series(runId, key)]),
  }
}

const drawn = fc.sample(training, { numRuns: 14, seed: 20261122 })

it('some of them are taught by a run, some by a file, with and without a layer that is matched', () => {
  const kinds = drawn.flatMap(({ taught }) => (taught === undefined ? [] : [taught.by, `${taught.by} ${taught.matched ?? 'alone'}`]))
  for (const kind of ['run', 'file', 'run hidden', 'file hidden']) expect(kinds).toContain(kind)
  expect(kinds.some((kind) => kind.endsWith('wide'))).toBe(true)
  expect(kinds.some((kind) => kind.endsWith('alone'))).toBe(true)
})

function distilled({ by, alpha, temperature, matched }: NonNullable<Drawn['taught']>): object {
  return { distillation: { teacher: teachers[by], alpha, temperature, ...(matched === undefined ? {} : { feature: { teacher: 'inner', student: matched, beta: 0.5 } }) } }
}

it.each(drawn.map((each, at) => [at, each] as const))('document %i', async (at, { taught, ...each }) => {
  const alone = documentOf(each, at)
  const document = { ...alone, training: { ...alone.training, ...(taught === undefined ? {} : distilled(taught)) } }
  const plain = async (stepsPerDispatch: number) => {
    const run = test.start(document, { stepsPerDispatch })
    await run.finished()
    return await traces(run)
  }
  const expected = await plain(1)
  expect(await plain(6)).toEqual(expected)
  const run = test.start(document, { stepsPerDispatch: 3 })
  run.control({ type: 'pause' })
  await run.until((event) => event.type === 'paused')
  run.control({ type: 'step' })
  await run.until((event) => event.type === 'paused' && event.step >= 1)
  run.control({ type: 'resume' })
  await run.steps(8)
  run.control({ type: 'stop', as: 'stopped' })
  const stopped = await run.finished()
  if (stopped.status === 'done') return expect(await traces(run)).toEqual(expected)
  const again = test.resume(run.runId)
  await again.finished()
  expect(await traces(again)).toEqual(expected)
})
