import { InferenceSession, Tensor } from 'onnxruntime-node'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadDataset } from '@main/core/datasets'
import { EXPORTERS, exportRun } from '@main/core/exports'
import { exporters } from '@shared/catalog/exporters'
import { decodeSafetensors, encodeSafetensors } from '@shared/lib/safetensors'
import { need } from '@shared/spec'
import { document, ROOT, TestCore } from '@test/helpers/core'
import { NEW_RUN } from '@test/helpers/history'

const iris = {
  format: 1,
  name: 'Iris: a/b?',
  dataset: { type: 'iris', preprocess: { features: 'standardize' } },
  model: { nodes: [{ type: 'dense', units: 16 }, { type: 'batchNormalization' }, { type: 'activation', activation: 'relu' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam', learningRate: 0.02 }, epochs: 5, batchSize: 16 },
}

let test: TestCore
let runId = ''
let accuracy = Number.NaN
beforeAll(async () => {
  test = await TestCore.open()
  const run = test.start(iris)
  accuracy = (await run.finished()).final['val.accuracy']
  runId = run.runId
})
afterAll(async () => await test.close())

async function exported(format: string): Promise<{ readonly name: string; readonly content: Uint8Array }> {
  return need(await exportRun(test.core.history, runId, format))
}

it('ONNX gives the accuracy that training reported, row by row', async () => {
  const { name, content } = await exported('onnx')
  expect(name).toBe(`Iris-a-b-${runId}.onnx`)
  const data = await loadDataset(document(iris).dataset, { baseDirectory: ROOT, resourcesDirectory: join(ROOT, 'resources'), seed: 42 })
  if (!data.ok || data.value.validation === null) throw new Error('no validation part')
  const { rows, features, targets } = data.value.validation
  const session = await InferenceSession.create(content)
  const { output } = await session.run({ input: new Tensor('float32', features, [rows, 4]) })
  const scores = output.data as Float32Array
  const hits = Array.from({ length: rows }, (_, row) => {
    const own = [...scores.subarray(row * 3, row * 3 + 3)]
    return own.indexOf(Math.max(...own)) === targets[row]
  })
  expect(hits.filter(Boolean).length / rows).toBeCloseTo(accuracy, 6)
  await session.release()
})

it('safetensors holds the checkpoint’s weights and statistics, without optimizer state', async () => {
  const { content } = await exported('safetensors')
  const file = need(decodeSafetensors(content))
  const { views } = await test.checkpoint(runId)
  const weights = ['batchNormalization1.beta', 'batchNormalization1.gamma', 'batchNormalization1.movingMean', 'batchNormalization1.movingVariance']
  expect(file.tensors.map(({ name }) => name)).toEqual([...weights, 'dense1.bias', 'dense1.kernel', 'dense2.bias', 'dense2.kernel'])
  for (const { name, data } of file.tensors) expect(data).toEqual(views.get(name))
  expect(file.tensors.find(({ name }) => name === 'dense1.kernel')?.shape).toEqual([4, 16])
  const { metadata } = file
  expect(JSON.parse(metadata.class_names)).toEqual(['setosa', 'versicolor', 'virginica'])
  expect(JSON.parse(metadata.preprocessing)).toMatchObject({ kind: 'columns', columns: [{ kind: 'numeric' }, {}, {}, {}] })
  expect([metadata.run, metadata.step]).toEqual([runId, '40'])
})

it('is the same file when made again', async () => {
  for (const { type } of exporters) expect((await exported(type)).content).toEqual((await exported(type)).content)
})

it('says what is wrong', async () => {
  const { history } = test.core
  const codes = async (id: string, format: string, step?: number): Promise<readonly string[]> => {
    const file = await exportRun(history, id, format, { step })
    return file.ok ? [] : file.issues.map(({ code }) => code)
  }
  expect(await codes(runId, 'pickle')).toEqual(['export-format-unknown'])
  expect(await codes('nope', 'onnx')).toEqual(['run-unknown'])
  expect(await codes(runId, 'onnx', 0)).toEqual(['export-no-checkpoint'])
  const bare = history.createRun({ ...NEW_RUN, document: JSON.stringify(document(iris)) })
  expect(await codes(bare, 'onnx')).toEqual(['export-no-checkpoint'])
  const [prepared] = history.readEvents(runId, { kinds: ['prepared'] })
  history.appendEvents(bare, [{ kind: 'prepared', step: 0, time: 0, data: prepared.data }])
  const foreign = await history.artifacts.put(new TextEncoder().encode('{}'))
  history.addArtifact(bare, { kind: 'checkpoint', step: 1, epoch: 0, ...foreign })
  expect(await codes(bare, 'onnx')).toEqual(['safetensors-header'])
  const partial = await history.artifacts.put(encodeSafetensors([{ name: 'dense1.kernel', dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }]))
  history.addArtifact(bare, { kind: 'checkpoint', step: 2, epoch: 0, ...partial })
  expect(await codes(bare, 'onnx')).toEqual(['export-checkpoint-mismatch'])
  const other = await history.artifacts.put((await exported('onnx')).content)
  history.addArtifact(bare, { kind: 'checkpoint', step: 3, epoch: 0, ...other })
  expect(await codes(bare, 'onnx')).toEqual(['safetensors-header'])
  history.artifacts.remove(other.hash)
  expect(await codes(bare, 'onnx')).toEqual(['artifact-missing'])
})

it('every definition has its writer', () => {
  expect(EXPORTERS.map(({ definition }) => definition)).toEqual(exporters)
})
