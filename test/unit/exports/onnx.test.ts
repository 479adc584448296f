import { fromBinary } from '@bufbuild/protobuf'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { onnxExporter } from '@main/core/exports/onnx'
import { ModelProtoSchema } from '@main/engines/onnx/model/schema/onnx_pb'
import { layers } from '@shared/catalog/layers'
import { drawFeatures, trainedModel } from '../../helpers/trained-model'
import { predict, SKETCHES } from './sketches'

async function run(session: InferenceSession, features: Float32Array, shape: readonly number[]): Promise<Tensor> {
  return (await session.run({ input: new Tensor('float32', features, [...shape]) })).output
}

describe('the exported model in ONNX Runtime predicts as the program does, for any batch', () => {
  test.each(Object.entries(SKETCHES))('%s', async (_name, sketch) => {
    const model = trainedModel(sketch)
    const session = await InferenceSession.create(onnxExporter.write(model))
    for (const rows of [1, 2, 5]) {
      const features = drawFeatures(model, rows, sketch)
      const output = await run(session, features, [rows, ...sketch.sample])
      const expected = predict(model, features, rows)
      expect(output.dims).toEqual([rows, ...model.plan.model.outputShape])
      const found = output.data as Float32Array
      found.forEach((value, at) => expect(Math.abs(value - expected[at])).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected[at]))))
      // Rows do not see each other: not an average that anything gives.
      if (rows > 1) expect(Math.max(...expected.map((value, at) => Math.abs(value - expected[(at + expected.length / rows) % expected.length])))).toBeGreaterThan(1e-3)
    }
    await session.release()
  })

  test('every layer is among them', () => {
    const used = new Set(Object.values(SKETCHES).flatMap(({ nodes }) => nodes.map((node) => (node as { type: string }).type)))
    expect(layers.map(({ type }) => type).filter((type) => !used.has(type))).toEqual([])
  })
})

describe('the file', () => {
  const model = trainedModel(SKETCHES['cnn with batch normalization'])
  const proto = fromBinary(ModelProtoSchema, onnxExporter.write(model))

  test('uses standard operators of one set only', () => {
    expect(proto.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 18n]])
    expect(proto.graph?.node.filter(({ domain }) => domain !== '')).toEqual([])
  })

  test('leaves the batch open and names its ends', () => {
    const shapeOf = (value: NonNullable<typeof proto.graph>['input'][number]): unknown =>
      value.type?.value.case === 'tensorType' ? value.type.value.value.shape?.dim.map((dim) => dim.value.value) : undefined
    expect(proto.graph?.input.map((value) => [value.name, shapeOf(value)])).toEqual([['input', ['batch', 2n, 8n, 8n]]])
    expect(proto.graph?.output.map((value) => [value.name, shapeOf(value)])).toEqual([['output', ['batch', 3n]]])
  })

  test('holds every weight under its own name and shape', () => {
    const initializers = new Map(proto.graph?.initializer.map(({ name, dims, rawData }) => [name, { dims: dims.map(Number), rawData }]))
    for (const { name, shape, data } of model.state) {
      expect(initializers.get(name)).toEqual({ dims: shape, rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) })
    }
  })

  test('says where it comes from and how it is fed', () => {
    const metadata = Object.fromEntries(proto.metadataProps.map(({ key, value }) => [key, value]))
    expect(metadata).toMatchObject({ run: '20261122-0631-abc4', step: '12', document_hash: 'd'.repeat(64), dataset_hash: 'e'.repeat(64), descent_version: '0.1.0' })
    expect(JSON.parse(metadata.class_names)).toEqual(['ant', 'bee', 'cat'])
    expect(JSON.parse(metadata.preprocessing)).toEqual({ kind: 'dense', shape: [2, 8, 8], shift: [0], scale: [1 / 16] })
    expect(JSON.parse(metadata.document)).toMatchObject({ format: 1, model: { nodes: expect.any(Array) as unknown } })
    expect([proto.producerName, proto.producerVersion, proto.docString]).toEqual(['descent', '0.1.0', 'made by a test'])
  })

  test('is the same, byte for byte, when made again', () => {
    expect(onnxExporter.write(trainedModel(SKETCHES['cnn with batch normalization']))).toEqual(onnxExporter.write(model))
  })

  test('of a regression tells how to undo the scaling of targets', () => {
    const { metadataProps } = fromBinary(ModelProtoSchema, onnxExporter.write(trainedModel(SKETCHES.regression)))
    const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]))
    expect([metadata.target_names, metadata.target_preprocessing]).toEqual(['["price"]', '{"shift":[2],"scale":[0.5]}'])
    expect(metadata.class_names).toBeUndefined()
  })
})
