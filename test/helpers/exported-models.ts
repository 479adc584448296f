import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { strFromU8, unzipSync } from 'fflate'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/** Row-major; images channels first. */
export interface Predictions {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** What ONNX Runtime makes of an export. `shape`: of the features, with the batch. */
export async function predictInOnnx(model: Uint8Array, features: Float32Array, shape: readonly number[]): Promise<Predictions> {
  const session = await InferenceSession.create(model)
  const { [session.outputNames[0]]: output } = await session.run({ [session.inputNames[0]]: new Tensor('float32', features, [...shape]) })
  await session.release()
  return { shape: output.dims, values: output.data as Float32Array }
}

interface ModelJson {
  readonly modelTopology: object
  readonly weightsManifest: readonly [{ readonly paths: readonly string[]; readonly weights: tf.io.WeightsManifestEntry[] }]
  readonly userDefinedMetadata: Readonly<Record<string, unknown>>
}

/** The files of an export for TensorFlow.js. */
export function unzipTfjs(zip: Uint8Array): { readonly names: readonly string[]; readonly json: ModelJson; readonly weights: Uint8Array } {
  const files = unzipSync(zip)
  const json = JSON.parse(strFromU8(files['model.json'])) as ModelJson
  return { names: Object.keys(files), json, weights: files[json.weightsManifest[0].paths[0]] }
}

/** What `tf.loadLayersModel` makes of an export. */
export async function predictInTfjs(zip: Uint8Array, features: Float32Array, shape: readonly number[]): Promise<Predictions> {
  await tf.setBackend('cpu')
  const { json, weights } = unzipTfjs(zip)
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0].weights, weightData: weights.slice().buffer, userDefinedMetadata: { ...json.userDefinedMetadata } }))
  const input = tf.tensor(features, [...shape])
  const output = model.predict(shape.length === 4 ? tf.transpose(input, [0, 2, 3, 1]) : input) as tf.Tensor
  const first = output.shape.length === 4 ? tf.transpose(output, [0, 3, 1, 2]) : output
  const predictions = { shape: first.shape, values: Float32Array.from(first.dataSync()) }
  model.dispose()
  tf.disposeVariables()
  return predictions
}
