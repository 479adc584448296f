import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { tfjsExporter } from '@main/core/exports/tfjs'
import { IssueError, type Issue } from '@shared/spec/issue'
import { drawFeatures, trainedModel, type Sketch } from '@test/helpers/trained-model'
import { LAYOUTS, PYTHON_ONLY } from './more-sketches'
import { predict, SKETCHES } from './sketches'

function refusals(write: () => unknown): readonly Issue[] {
  try {
    write()
  } catch (error) {
    if (error instanceof IssueError) return error.issues
    throw error
  }
  return []
}

beforeAll(async () => {
  await tf.setBackend('cpu')
})

interface ModelJson {
  readonly modelTopology: object
  readonly weightsManifest: readonly [{ readonly paths: readonly string[]; readonly weights: tf.io.WeightsManifestEntry[] }]
  readonly userDefinedMetadata: Readonly<Record<string, unknown>>
}

function unzipped(sketch: Sketch): { readonly json: ModelJson; readonly weights: Uint8Array } {
  const files = unzipSync(tfjsExporter.write(trainedModel(sketch)))
  const json = JSON.parse(strFromU8(files['model.json'])) as ModelJson
  expect(Object.keys(files)).toEqual(['model.json', ...json.weightsManifest[0].paths])
  return { json, weights: files[json.weightsManifest[0].paths[0]] }
}

async function load(sketch: Sketch) {
  const { json, weights } = unzipped(sketch)
  return await loadLayersModel(tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0].weights, weightData: weights.slice().buffer, userDefinedMetadata: { ...json.userDefinedMetadata } }))
}

/** `[rows, c, h, w]` values as `[rows, h, w, c]`, or back. */
function moved(values: Float32Array, shape: readonly number[], perm: readonly number[]): tf.Tensor {
  const tensor = tf.tensor(values, [...shape])
  return shape.length === 4 ? tf.transpose(tensor, [...perm]) : tensor
}

const { merges, transformer, 'recurrent layers of both directions': recurrent, ...others } = SKETCHES
/** There is a root mean square among the merges, and attention in the transformer. */
const REFUSED = { ...PYTHON_ONLY, merges, transformer, recurrent }

describe('tf.loadLayersModel gives the same predictions', () => {
  test.each(Object.entries({ ...others, ...LAYOUTS }))('%s', async (_name, sketch) => {
    const model = trainedModel(sketch)
    const loaded = await load(sketch)
    const rows = 3
    const features = drawFeatures(model, rows, sketch)
    const expected = predict(model, features, rows)
    const output = loaded.predict(moved(features, [rows, ...sketch.sample], [0, 2, 3, 1])) as tf.Tensor
    const first = output.shape.length === 4 ? tf.transpose(output, [0, 3, 1, 2]) : output
    expect(first.shape).toEqual([rows, ...model.plan.model.outputShape])
    const found = first.dataSync()
    found.forEach((value, at) => expect(Math.abs(value - expected[at])).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected[at]))))
    loaded.dispose()
    tf.disposeVariables()
  })
})

test.each(Object.entries(REFUSED))('%s is refused, with the layer’s name', (_name, sketch) => {
  const model = trainedModel(sketch)
  const issues = refusals(() => tfjsExporter.write(model))
  expect(issues.map(({ code }) => code)).toEqual([expect.stringMatching(/^export-(pool-padding|activation-unsupported|layer-unsupported)$/)])
  expect(model.plan.model.nodes.map(({ node }) => node.id)).toContain(issues[0].args.node)
  expect(issues[0].args.format).toBe('tfjs')
})

test('the metadata say where the model comes from and how it is fed', () => {
  const { json } = unzipped(SKETCHES.cnn)
  expect(json.userDefinedMetadata).toMatchObject({ run: '20261122-0631-abc4', class_names: ['ant', 'bee', 'cat'], preprocessing: { kind: 'dense', scale: [1 / 16] }, layout: 'channels last' })
})

test('the file is the same, byte for byte, when made again', () => {
  expect(tfjsExporter.write(trainedModel(SKETCHES.cnn))).toEqual(tfjsExporter.write(trainedModel(SKETCHES.cnn)))
})
