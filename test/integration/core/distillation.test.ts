import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportRun } from '@main/core/exports'
import { Distillations } from '@main/core'
import { encodeModel, OnnxGraph } from '@main/engines/onnx/model'
import { document, TestCore } from '@test/helpers/core'

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
  const exported = await exportRun(test.core.history, runId, 'onnx')
  if (!exported.ok) throw new Error(JSON.stringify(exported.issues))
  file = join(test.directory, 'teacher.onnx')
  writeFileSync(file, exported.value.content)
})
afterAll(async () => await test.close())

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
    const run = test.start(taught({ kind: 'onnx', file: lent }, changes), { stepsPerDispatch: 1 })
    await run.steps(10)
    run.control({ type: 'stop', as: 'stopped' })
    expect((await run.finished()).status).toBe('stopped')
    rmSync(lent)
    await test.resume(run.runId).finished()
    for (const key of ['train.loss', 'train.distillation', 'val.loss']) expect(test.series(run.runId, key).values).toEqual(test.series(whole.runId, key).values)
    expect(await issueOf({ kind: 'onnx', file: lent })).toMatchObject({ code: 'data-file-missing', path: ['training', 'distillation', 'teacher', 'file'] })
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

it('a run that teaches may be deleted: its student goes on alike', async () => {
  const once = test.start(teacher)
  await once.finished()
  const whole = test.start(taught({ run: once.runId }, { epochs: 40 }))
  await whole.finished()
  const run = test.start(taught({ run: once.runId }, { epochs: 40 }), { stepsPerDispatch: 1 })
  await run.steps(10)
  run.control({ type: 'stop', as: 'stopped' })
  await run.finished()
  test.core.history.deleteRun(once.runId)
  await test.resume(run.runId).finished()
  expect(test.series(run.runId, 'train.distillation').values).toEqual(test.series(whole.runId, 'train.distillation').values)
})

describe('a comparison', () => {
  it('has accuracy, parameters, bytes and a measured speed of teacher and students, paired by seed', async () => {
    const distillations = new Distillations(test.core)
    const started = distillations.start({ teacher: { run: runId }, student: document(student), seeds: 2, alpha: 0.5, temperature: 4 })
    if (!started.ok) throw new Error(JSON.stringify(started.issues))
    const compared = await distillations.compare(started.value)
    if (!compared.ok) throw new Error(JSON.stringify(compared.issues))
    const { rows, gain } = compared.value
    expect(rows.map(({ role, runs, parameters, bytes }) => [role, runs, parameters, bytes])).toEqual([['teacher', 1, 2242, 8968], ['distilled', 2, 610, 2440], ['alone', 2, 610, 2440]])
    expect(rows.every(({ speed, accuracy }) => speed !== null && speed > 1000 && accuracy !== null)).toBe(true)
    expect(gain?.pairs).toBe(2)
    expect(gain?.mean).toBeCloseTo((rows[1].accuracy ?? 0) - (rows[2].accuracy ?? 0), 12)
    expect(started.value.distilled.map((id) => test.core.history.getRun(id)?.tags)).toEqual([['distilled'], ['distilled']])
  })

  it('tells why runs failed, and which are gone', async () => {
    const distillations = new Distillations(test.core)
    const regression = document({ ...student, model: { nodes: [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }] } })
    const started = distillations.start({ teacher: { run: runId }, student: regression, seeds: 1, alpha: 0.5, temperature: 4 })
    if (!started.ok) throw new Error(JSON.stringify(started.issues))
    const compared = await distillations.compare(started.value)
    expect(compared.ok ? [] : compared.issues.length > 0).toBe(true)
    expect(await distillations.compare({ teacher: ['gone'], distilled: [runId], alone: [runId] })).toMatchObject({ ok: false, issues: [{ code: 'run-unknown', args: { run: 'gone' } }] })
    expect(distillations.start({ teacher: { run: 'gone' }, student: regression, seeds: 1, alpha: 0.5, temperature: 4 })).toMatchObject({ ok: false, issues: [{ code: 'run-unknown' }] })
  })
})
