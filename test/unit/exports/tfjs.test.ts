import { describe, expect, test } from 'vitest'
import { tfjsExporter } from '@main/core/exports/tfjs'
import { predictInTfjs, unzipTfjs } from '@test/helpers/exported-models'
import { drawFeatures, trainedModel } from '@test/helpers/trained-model'
import { ALL } from './more-sketches'
import { predict, SKETCHES } from './sketches'

describe('tf.loadLayersModel gives the same predictions', () => {
  test.each(Object.entries(ALL))('%s', async (_name, sketch) => {
    const model = trainedModel(sketch)
    const rows = 3
    const features = drawFeatures(model, rows, sketch)
    const expected = predict(model, features, rows)
    const { shape, values } = await predictInTfjs(tfjsExporter.write(model), features, [rows, ...sketch.sample])
    expect(shape).toEqual([rows, ...model.plan.model.outputShape])
    values.forEach((value, at) => expect(Math.abs(value - expected[at])).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected[at]))))
  })
})

test('the metadata say where the model comes from and how it is fed', () => {
  const { names, json } = unzipTfjs(tfjsExporter.write(trainedModel(SKETCHES.cnn)))
  expect(names).toEqual(['model.json', ...json.weightsManifest[0].paths])
  expect(json.userDefinedMetadata).toMatchObject({ run: '20261122-0631-abc4', class_names: ['ant', 'bee', 'cat'], preprocessing: { kind: 'dense', scale: [1 / 16] }, layout: 'channels last' })
})

test('the file is the same, byte for byte, when made again', () => {
  expect(tfjsExporter.write(trainedModel(SKETCHES.cnn))).toEqual(tfjsExporter.write(trainedModel(SKETCHES.cnn)))
})
