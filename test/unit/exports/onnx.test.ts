import { fromBinary } from '@bufbuild/protobuf'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import type { TrainedModel } from '@main/core/exports'
import { onnxExporter } from '@main/core/exports/onnx'
import { ModelProtoSchema } from '@main/engines/onnx/model/schema/onnx_pb'
import { layers } from '@shared/catalog/layers'
import { activations } from '@shared/catalog/activations'
import { joinViews, predictProgram } from '@shared/compile'
import { evaluateGraph } from '@shared/graph'
import { drawFeatures, trainedModel, type Sketch } from '../../helpers/trained-model'

const head = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }]
const image: Sketch['sample'] = [2, 8, 8]

const residual: Sketch = {
  sample: image,
  nodes: [
    { id: 'in', type: 'input' },
    { id: 'first', type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' },
    { id: 'norm', type: 'batchNormalization' },
    { id: 'second', type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same' },
    { id: 'sum', type: 'add' },
    { id: 'gate', type: 'multiply' },
    { id: 'joined', type: 'concatenate' },
    { id: 'pooled', type: 'globalAveragePooling2d' },
    { id: 'out', type: 'dense', units: 3, activation: 'softmax' },
  ],
  edges: [
    ['in', 'first'],
    ['first', 'norm'],
    ['norm', 'second'],
    ['second', 'sum'],
    ['first', 'sum'],
    ['sum', 'gate'],
    ['norm', 'gate'],
    ['gate', 'joined'],
    ['in', 'joined'],
    ['joined', 'pooled'],
    ['pooled', 'out'],
  ],
}

const SKETCHES: Readonly<Record<string, Sketch>> = {
  mlp: { sample: [6], nodes: [{ type: 'input' }, { type: 'dense', units: 8, activation: 'relu' }, { type: 'dropout', rate: 0.5 }, { type: 'dense', units: 3, activation: 'softmax' }] },
  cnn: {
    sample: image,
    nodes: [
      { type: 'input' },
      { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'relu' },
      { type: 'maxPooling2d', poolSize: 2 },
      { type: 'conv2d', filters: 6, kernelSize: 3, strides: 2, padding: 'same', groups: 2 },
      { type: 'averagePooling2d', poolSize: 2, strides: 1, padding: 'same' },
      ...head,
    ],
  },
  'cnn with batch normalization': {
    sample: image,
    nodes: [
      { type: 'input' },
      { type: 'conv2d', filters: 4, kernelSize: 3, useBias: false },
      { type: 'batchNormalization' },
      { type: 'activation', activation: 'relu' },
      { type: 'depthwiseConv2d', kernelSize: 3, padding: 'same' },
      { type: 'batchNormalization', dialect: 'pytorch', scale: false },
      { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' },
      ...head,
    ],
  },
  residual,
  'normalized layers': {
    sample: [12],
    nodes: [{ type: 'input' }, { type: 'reshape', shape: [3, 2, 2] }, { type: 'layerNormalization' }, { type: 'globalMaxPooling2d' }, { type: 'layerNormalization' }, { type: 'dense', units: 3, activation: 'softmax' }],
  },
  decoder: {
    sample: image,
    nodes: [
      { type: 'input' },
      { type: 'spatialDropout2d' },
      { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2, padding: 'same' },
      { type: 'groupNormalization', groups: 2 },
      { type: 'conv2dTranspose', filters: 6, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
      { type: 'instanceNormalization' },
      { type: 'upsampling2d', size: [2, 1] },
      { type: 'zeroPadding2d', padding: [1, 0, 0, 2] },
      { type: 'gaussianNoise' },
      ...head,
    ],
  },
  merges: {
    sample: [6],
    nodes: [
      { id: 'in', type: 'input' },
      { id: 'first', type: 'dense', units: 5 },
      { id: 'second', type: 'dense', units: 5 },
      { id: 'difference', type: 'subtract' },
      { id: 'larger', type: 'maximum' },
      { id: 'mean', type: 'average' },
      { id: 'norm', type: 'rmsNormalization' },
      { id: 'out', type: 'dense', units: 3, activation: 'softmax' },
    ],
    edges: [
      ['in', 'first'],
      ['in', 'second'],
      ['first', 'difference'],
      ['second', 'difference'],
      ['first', 'larger'],
      ['difference', 'larger'],
      ['larger', 'mean'],
      ['second', 'mean'],
      ['mean', 'norm'],
      ['norm', 'out'],
    ],
  },
  regression: {
    sample: [5],
    nodes: [{ type: 'input' }, { type: 'batchNormalization' }, { type: 'dense', units: 1 }],
    target: { kind: 'value', shape: [1], names: ['price'] },
    loss: { type: 'meanSquaredError' },
  },
  ...Object.fromEntries(
    activations.map(({ type }) => [`activation ${type}`, { sample: [4], nodes: [{ type: 'input' }, { type: 'dense', units: 9 }, { type: 'activation', activation: type }, { type: 'dense', units: 3, activation: 'softmax' }] }]),
  ),
}

/** The model's output in float64, from the reference interpreter. */
function predict(model: TrainedModel, features: Float32Array, rows: number): Float64Array {
  const program = predictProgram(model.plan, rows)
  const state = joinViews(program.state, new Map(model.state.map(({ name, data }) => [name, data])))
  const feeds = new Map(program.state.map(({ name, shape }) => [`state/${name}`, { shape, data: Float64Array.from(state.get(name) ?? []) }]))
  feeds.set('features', { shape: [rows, ...model.plan.data.sample], data: Float64Array.from(features) })
  return evaluateGraph(program.outputs.map(({ tensor }) => tensor), feeds)[0].data
}

async function run(session: InferenceSession, features: Float32Array, shape: readonly number[]): Promise<Tensor> {
  return (await session.run({ input: new Tensor('float32', features, [...shape]) })).output
}

describe('the exported model in ONNX Runtime predicts as the program does, for any batch', () => {
  test.each(Object.entries(SKETCHES))('%s', async (_name, sketch) => {
    const model = trainedModel(sketch)
    const session = await InferenceSession.create(onnxExporter.write(model))
    for (const rows of [1, 2, 5]) {
      const features = drawFeatures(model, rows)
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
