import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { loadDataset } from '@main/core/datasets'
import { kerasExporter } from '@main/core/exports/keras'
import { onnxExporter } from '@main/core/exports/onnx'
import { pytorchExporter } from '@main/core/exports/pytorch'
import { safetensorsExporter } from '@main/core/exports/safetensors'
import { tfjsExporter } from '@main/core/exports/tfjs'
import { experimentScript } from '@shared/export-code'
import { sizeOf } from '@shared/graph'
import { decodeSafetensors } from '@shared/lib/safetensors'
import { need } from '@shared/spec'
import { applyTemplate, missingFor, templates } from '@shared/templates'
import { document, ROOT } from '@test/helpers/core'
import { predictInOnnx, predictInTfjs } from '@test/helpers/exported-models'
import { modelOf } from '@test/helpers/trained-model'

const resources = join(ROOT, 'resources')
const ROWS = 3

const paths = (folder: string): string[] => readdirSync(join(resources, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.descent.json')).map((name) => join(resources, folder, name))

const nameOf = (path: string): string => path.slice(resources.length + 1).replace('.descent.json', '')
const FILES = [...paths('examples'), ...paths('lessons')].map((path) => [nameOf(path), JSON.parse(readFileSync(path, 'utf8')) as object, dirname(path)] as const)

async function dataOf(value: object, baseDirectory: string) {
  const { dataset, seed } = document(value)
  return need(await loadDataset(dataset, { baseDirectory, resourcesDirectory: resources, seed }))
}

/** Every format holds the model, with the experiment's script; ONNX Runtime and TensorFlow.js say the same of the data's first rows. */
async function expectExported(value: object, baseDirectory: string): Promise<void> {
  const data = await dataOf(value, baseDirectory)
  const parsed = document(value)
  const model = modelOf(parsed, data)
  const shape = [ROWS, ...data.sampleShape]
  const features = data.train.features.slice(0, sizeOf(shape))
  const expected = await predictInOnnx(onnxExporter.write(model), features, shape)
  const found = await predictInTfjs(tfjsExporter.write(model), features, shape)
  expect(found.shape).toEqual(expected.shape)
  expect(Math.max(...found.values.map((each, at) => Math.abs(each - expected.values[at]) / Math.max(1, Math.abs(expected.values[at]))))).toBeLessThan(1e-5)
  expect(decodeSafetensors(safetensorsExporter.write(model)).ok).toBe(true)

  for (const [framework, exporter] of [['keras', kerasExporter], ['pytorch', pytorchExporter]] as const) {
    const files = unzipSync(exporter.write(model))
    expect(Object.keys(files)).toEqual(['model.py', expect.stringMatching(/^(weights\.npz|model\.safetensors)$/), 'predict.py', 'metadata.json', 'train.py'])
    expect(experimentScript(framework, parsed, model.plan)).toEqual({ ok: true, value: strFromU8(files['train.py']) })
  }
}

describe('every format takes every document that Descent brings along', () => {
  test.each(FILES)('%s', async (_name, value, folder) => await expectExported(value, folder))
})

const DATA: Readonly<Record<string, object>> = {
  digits: { type: 'digits' },
  'digits as images': { type: 'digits', shape: 'image' },
  iris: { type: 'iris' },
  linear: { type: 'linear' },
  text: (FILES.find(([name]) => name === 'examples/char-lstm')?.[1] as { readonly dataset: object }).dataset,
  'text, every position': (FILES.find(([name]) => name === 'examples/char-every')?.[1] as { readonly dataset: object }).dataset,
}

describe.each(Object.entries(DATA))('every template on %s', (_name, dataset) => {
  test('leaves in every format', async () => {
    const base = { format: 1, name: 'template', dataset, model: { nodes: [{ type: 'dense', units: 1 }] }, training: { loss: 'meanSquaredError', optimizer: 'adam', epochs: 1 } }
    const data = await dataOf(base, join(resources, 'examples'))
    const fitting = templates.filter((template) => missingFor(template, base, { sample: data.sampleShape, target: data.target }) === null)
    expect(fitting.length).toBeGreaterThan(0)
    for (const template of fitting) await expectExported(applyTemplate(template, base, { sample: data.sampleShape, target: data.target }), join(resources, 'examples'))
  })
})
