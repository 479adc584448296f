import { copyFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportRun } from '@main/core/exports'
import { Distillations } from '@main/core'
import { importBundle } from '@main/core/bundle'
import { encodeModel, OnnxGraph } from '@main/engines/onnx/model'
import { need } from '@shared/spec'
import { cutShort, document, ROOT, TestCore, type Watched } from '@test/helpers/core'

/** Teachers in ONNX files, what a run keeps of them, and comparisons with a student alone. */
const dataset = { type: 'digits', shape: 'image', preprocess: { features: { scale: 0.0625 } }, split: { train: 0.2, validation: 0.3, seed: 3 } }
const training = { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: 'adam', batchSize: 50, epochs: 4, checkpointSeconds: 0 }
const output = { type: 'dense', units: 10, activation: 'softmax' }
const base = { format: 1, seed: 2, dataset, training, engine: { threads: 1 } }
const teacher = { ...base, name: 'teacher', model: { nodes: [{ type: 'conv2d', filters: 6, kernelSize: 3, activation: 'relu' }, { type: 'batchNormalization' }, { type: 'flatten' }, output] } }
const student = { ...base, name: 'student', model: { nodes: [{ type: 'flatten' }, { type: 'dense', units: 8, activation: 'relu' }, output] } }

let test: TestCore
let runId: string
let file: string
beforeAll(async () => {
  test = await TestCore.open()
  const run = test.start(teacher)
  await run.finished()
  runId = run.runId
  const exported = need(await exportRun(test.core.history, runId, 'onnx'))
  file = join(test.directory, 'teacher.onnx')
  writeFileSync(file, exported.content)
})
afterAll(async () => await test.close())

async function stopped(document: object): Promise<Watched> {
  const { run, end } = await cutShort(
    () => test.start(document, { stepsPerDispatch: 1 }),
    async (each) => {
      await each.steps(10)
      each.control({ type: 'stop', as: 'stopped' })
    },
  )
  expect(end).toMatchObject({ type: 'finished', status: 'stopped' })
  return run
}

const taught = (by: object, changes: object = {}) => ({ ...student, training: { ...training, ...changes, distillation: { teacher: by, alpha: 0.2, temperature: 3 } } })

async function losses(by: object): Promise<readonly number[]> {
  const run = test.start(taught(by))
  await run.finished()
  return [...test.series(run.runId, 'train.distillation').values, ...test.series(run.runId, 'train.loss').values]
}

async function issueOf(by: object, options: Parameters<TestCore['start']>[1] = {}) {
  const failed = await test.start(taught(by), options).until((event) => event.type === 'failed')
  if (failed.type !== 'failed') throw new Error('it did not fail')
  return failed.issues[0]
}

describe('a teacher in an ONNX file', () => {
  it('that a run was exported to teaches what the run teaches', async () => {
    const [byRun, byFile] = [await losses({ run: runId }), await losses({ kind: 'onnx', file })]
    expect(byFile.length).toBe(byRun.length)
    expect(byRun.length).toBeGreaterThan(30)
    byRun.forEach((loss, step) => expect(Math.abs(byFile[step] / loss - 1)).toBeLessThan(1e-4))
  })

  it('made by hand teaches its own scores: equal ones for all classes, and KL falls to where the student is undecided', async () => {
    const graph = new OnnxGraph('undecided')
    const rows = graph.node('Flatten', [graph.input('pixels', 'float32', ['n', 1, 8, 8])], { axis: 1 })
    graph.output(graph.node('MatMul', [rows, graph.constant('float32', new Float32Array(640), [64, 10])]), 'float32', ['n', 10], 'scores')
    const undecided = join(test.directory, 'undecided.onnx')
    writeFileSync(undecided, encodeModel(graph))
    const run = test.start({ ...student, training: { ...training, epochs: 30, distillation: { teacher: { kind: 'onnx', file: undecided }, alpha: 0, temperature: 1 } } })
    await run.finished()
    const { values } = test.series(run.runId, 'train.distillation')
    expect(values.at(-1)).toBeLessThan(0.1 * values[0])
    // Cross-entropy of even chances.
    expect(test.series(run.runId, 'train.loss').values.at(-1)).toBeCloseTo(Math.log(10), 0)
  })

  it('is kept: a run that was stopped goes on alike when the file is gone', async () => {
    const lent = join(test.directory, 'lent.onnx')
    copyFileSync(file, lent)
    const changes = { epochs: 40 }
    const whole = test.start(taught({ kind: 'onnx', file: lent }, changes))
    await whole.finished()
    const run = await stopped(taught({ kind: 'onnx', file: lent }, changes))
    rmSync(lent)
    await test.resume(run.runId).finished()
    for (const key of ['train.loss', 'train.distillation', 'val.loss']) expect(test.series(run.runId, key).values).toEqual(test.series(whole.runId, key).values)
    expect(await issueOf({ kind: 'onnx', file: lent })).toMatchObject({ code: 'data-file-missing', path: ['training', 'distillation', 'teacher', 'file'] })
  })

  it('teaches one class for each sample, not one at every position', async () => {
    const text = { ...taught({ kind: 'onnx', file }), dataset: { type: 'text', targets: 'every', sequenceLength: 8 }, model: { nodes: [{ type: 'embedding', inputDim: 64, outputDim: 4 }, { type: 'dense', units: 40, activation: 'softmax' }] } }
    expect(await test.start(text).until((event) => event.type === 'failed')).toMatchObject({ issues: [{ code: 'teacher-onnx-positions', path: ['training', 'distillation', 'teacher', 'file'] }] })
  })

  it('is found beside the document, and refused where it is another, no model, or reads other shapes', async () => {
    const beside = test.start(taught({ kind: 'onnx', file: 'teacher.onnx' }), { baseDirectory: test.directory })
    await beside.finished()
    const { hash } = beside.facts?.teacher ?? { hash: '' }
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    await test.start(taught({ kind: 'onnx', file, hash })).finished()
    expect(await issueOf({ kind: 'onnx', file, hash: 'a'.repeat(64) })).toMatchObject({ code: 'teacher-onnx-other' })
    const broken = join(test.directory, 'broken.onnx')
    writeFileSync(broken, 'no model')
    expect(await issueOf({ kind: 'onnx', file: broken })).toMatchObject({ code: 'teacher-onnx-unreadable', args: { file: broken } })
    const iris = test.start({ ...student, dataset: { type: 'iris' }, model: { nodes: [{ type: 'dense', units: 3, activation: 'softmax' }] }, training: { ...training, distillation: { teacher: { kind: 'onnx', file } } } })
    expect(await iris.until((event) => event.type === 'failed')).toMatchObject({ issues: [{ code: 'teacher-onnx-input' }] })
  })
})

describe('a layer that is matched', () => {
  const matched = (by: object, feature: object, changes: object = {}) => {
    const document = taught(by, changes)
    return { ...document, training: { ...document.training, distillation: { ...document.training.distillation, feature } } }
  }
  const dense = { teacher: 'flatten1', student: 'dense1', beta: 0.5 }
  const failed = async (document: object): Promise<unknown> => await test.start(document).until((event) => event.type === 'failed')

  it('comes nearer to the teacher’s, through a regressor that is kept in checkpoints and no part of the model', async () => {
    const run = test.start(matched({ run: runId }, dense, { epochs: 20 }))
    await run.finished()
    const { values } = test.series(run.runId, 'train.feature')
    expect(values.at(-1)).toBeLessThan(0.5 * values[0])
    const { views } = await test.checkpoint(run.runId)
    expect([...views.keys()].filter((name) => name.startsWith('distillation/'))).toEqual(['distillation/regressor.bias', 'distillation/regressor.kernel'])
    expect(run.facts?.parameters).toBe(610)
    const exported = need(await exportRun(test.core.history, run.runId, 'safetensors'))
    expect(new TextDecoder().decode(exported.content as Uint8Array)).not.toContain('regressor')
  })

  it('travels in a bundle: a stopped run goes on as it would have here', async () => {
    const long = matched({ kind: 'onnx', file }, dense, { epochs: 40 })
    const whole = test.start(long, { stepsPerDispatch: 1 })
    await whole.finished()
    const run = await stopped(long)
    const { core } = test
    const bundle = need(await exportRun(core.history, run.runId, 'bundle'))
    const content = bundle.content as Uint8Array
    const imported = need(await importBundle(core.history, content, { baseDirectory: ROOT }))
    expect((await test.checkpoint(imported)).views).toEqual((await test.checkpoint(run.runId)).views)
    const facts = core.history.readEvents(imported, { kinds: ['prepared'], limit: 1 })[0].data
    expect(facts).toMatchObject({ feature: [216] })
    // The teacher stays on this machine, and here it is.
    await test.resume(imported).finished()
    expect(test.series(imported, 'train.feature').values).toEqual(test.series(whole.runId, 'train.feature').values)

    const elsewhere = await TestCore.open()
    try {
      const arrived = need(await importBundle(elsewhere.core.history, content, { baseDirectory: ROOT }))
      const failed = await elsewhere.resume(arrived).until((event) => event.type === 'failed')
      expect(failed).toMatchObject({ issues: [{ code: 'training-teacher-absent', args: { teacher: file } }] })
    } finally {
      await elsewhere.close()
    }
  })

  it('of a run and of the file that it was exported to gives the same', async () => {
    const train = async (by: object) => {
      const run = test.start(matched(by, dense))
      await run.finished()
      return test.series(run.runId, 'train.feature').values
    }
    const [byRun, byFile] = [await train({ run: runId }), await train({ kind: 'onnx', file })]
    expect(byRun.length).toBeGreaterThan(30)
    byRun.forEach((value, step) => expect(Math.abs(byFile[step] / value - 1)).toBeLessThan(1e-4))
  })

  it('of convolutions is matched by places: through 1×1 convolutions, or by attention', async () => {
    const nodes = [{ type: 'conv2d', id: 'own', filters: 3, kernelSize: 3, activation: 'relu' }, { type: 'flatten' }, output]
    for (const matching of ['hint', 'attention']) {
      const run = test.start({ ...matched({ run: runId }, { teacher: 'conv2d1', student: 'own', matching, beta: matching === 'hint' ? 1 : 100 }, { epochs: 20 }), model: { nodes } })
      await run.finished()
      const { values } = test.series(run.runId, 'train.feature')
      expect(values.at(-1)).toBeLessThan(0.5 * values[0])
    }
  })

  it('is refused where it is not there, or elsewhere in the picture, with the layers that are', async () => {
    expect(await failed(matched({ run: runId }, { ...dense, teacher: 'gone' }))).toMatchObject({ issues: [{ code: 'training-feature-teacher', path: ['training', 'distillation', 'feature', 'teacher'], args: { known: 'conv2d1, batchNormalization1, flatten1, dense1' } }] })
    expect(await failed(matched({ run: runId }, { ...dense, teacher: 'conv2d1' }))).toMatchObject({ issues: [{ code: 'training-feature-shapes', args: { student: 'dense1 [8]', teacher: 'conv2d1 [6, 6, 6]' } }] })
    expect(await failed(matched({ kind: 'onnx', file }, { ...dense, teacher: 'gone' }))).toMatchObject({ issues: [{ code: 'teacher-onnx-feature', path: ['training', 'distillation', 'feature', 'teacher'] }] })
  })
})

it('a run that teaches may be deleted: its student goes on alike', async () => {
  const once = test.start(teacher)
  await once.finished()
  const whole = test.start(taught({ run: once.runId }, { epochs: 40 }))
  await whole.finished()
  const run = await stopped(taught({ run: once.runId }, { epochs: 40 }))
  test.core.history.deleteRun(once.runId)
  await test.resume(run.runId).finished()
  expect(test.series(run.runId, 'train.distillation').values).toEqual(test.series(whole.runId, 'train.distillation').values)
})

describe('a comparison', () => {
  it('has accuracy, parameters, bytes and a measured speed of teacher and students, paired by seed', async () => {
    const distillations = new Distillations(test.core)
    const started = need(distillations.start({ teacher: { run: runId }, student: document(student), seeds: 2, alpha: 0.5, temperature: 4 }))
    const { rows, gain } = need(await distillations.compare(started))
    expect(rows.map(({ role, runs, parameters, bytes }) => [role, runs, parameters, bytes])).toEqual([['teacher', 1, 2242, 8968], ['distilled', 2, 610, 2440], ['alone', 2, 610, 2440]])
    expect(rows.every(({ speed, accuracy }) => speed !== null && speed > 0 && accuracy !== null)).toBe(true)
    expect(gain?.pairs).toBe(2)
    expect(gain?.mean).toBeCloseTo((rows[1].accuracy ?? 0) - (rows[2].accuracy ?? 0), 12)
    expect(started.distilled.map((id) => test.core.history.getRun(id)?.tags)).toEqual([['distilled'], ['distilled']])
  })

  it('with an ONNX file as teacher tells what the file is worth on the student’s data', async () => {
    const distillations = new Distillations(test.core)
    const feature = { teacher: 'flatten1', student: 'dense1', matching: 'hint', beta: 0.1 } as const
    const started = need(distillations.start({ teacher: { file: 'teacher.onnx', baseDirectory: test.directory }, student: document(student), seeds: 2, alpha: 0.5, temperature: 4, feature }))
    expect(started.teacher).toEqual([])
    const compared = need(await distillations.compare(started))
    const [teaching, distilled, alone] = compared.rows
    // Exported from the run: with its accuracy, and its statistics among the weights.
    const wanted = test.core.history.getRun(runId)?.metrics['val.accuracy']?.last
    expect(teaching).toMatchObject({ runs: 1, accuracy: wanted, bytes: statSync(file).size })
    expect(teaching.parameters).toBeGreaterThan(2000)
    expect(teaching.speed).toBeGreaterThan(0)
    expect([distilled.runs, alone.runs, compared.gain?.pairs]).toEqual([2, 2, 2])
    expect(test.series(started.distilled[0], 'train.feature').values.length).toBeGreaterThan(30)
    // All were judged by the same rows.
    const [first, second] = started.alone.map((id) => test.core.history.getRun(id)?.datasetHash)
    expect(first).toBe(second)
    // No such file: the reason, not an empty row.
    const missing = need(distillations.start({ teacher: { file: 'gone.onnx', baseDirectory: test.directory }, student: document(student), seeds: 1, alpha: 0.5, temperature: 4 }))
    expect(await distillations.compare(missing)).toMatchObject({ ok: false, issues: [{ code: 'data-file-missing' }] })
  })

  it('tells why runs failed, and which are gone', async () => {
    const distillations = new Distillations(test.core)
    const regression = document({ ...student, model: { nodes: [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }] } })
    const started = need(distillations.start({ teacher: { run: runId }, student: regression, seeds: 1, alpha: 0.5, temperature: 4 }))
    const compared = await distillations.compare(started)
    expect(compared.ok ? [] : compared.issues.length > 0).toBe(true)
    expect(await distillations.compare({ teacher: ['gone'], distilled: [runId], alone: [runId] })).toMatchObject({ ok: false, issues: [{ code: 'run-unknown', args: { run: 'gone' } }] })
    expect(distillations.start({ teacher: { run: 'gone' }, student: regression, seeds: 1, alpha: 0.5, temperature: 4 })).toMatchObject({ ok: false, issues: [{ code: 'run-unknown' }] })
  })
})
