import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeNpy } from '@main/core/exports/npy'
import { exporters } from '@shared/catalog/exporters'
import { decodeSafetensors } from '@shared/lib/safetensors'
import type { Answer } from '@shared/protocol/snapshot'
import { unzipSync } from 'fflate'
import { draggedFile } from './drop'
import { expect, test, type Page } from './fixture'
import { heldNotice } from './notices'
import { predictInOnnx, predictInTfjs } from '@test/helpers/exported-models'
import { answersOf, digitFeatures, PIXELS, recordedAnswers, referencePredictions } from './loaders'

/** A Python with torch, keras, tensorflow, safetensors and numpy. */
const { DESCENT_PYTHON = '' } = process.env
const CHECK = join(import.meta.dirname, '../fixtures/exports/check.py')
/** Runs record certainties of three digits. */
const ROUNDED = 0.0011

async function trained(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('train-button').click()
  await page.getByTestId('room-runs').click()
  await expect(page.getByTestId('runs-table').getByText('done')).toHaveCount(1)
  await page.getByTestId('runs-table').getByText('digits-mlp').first().click()
}

async function download(page: Page, format: string): Promise<Uint8Array> {
  await page.getByTestId('export-menu').click()
  const waiting = page.waitForEvent('download')
  await page.getByTestId(`export-format-${format}`).click()
  const file = await waiting
  // While the menu closes, a click would not open it again.
  await expect(page.getByTestId(`export-format-${format}`)).toHaveCount(0)
  expect(file.suggestedFilename()).toMatch(/^digits-mlp-\d{8}-\d{4}-\w+\./)
  return readFileSync(await file.path())
}

/** Largest difference of certainty; infinite where another class was told. */
function furthest(found: readonly Answer[], expected: readonly Answer[]): number {
  expect(found).toHaveLength(expected.length)
  return Math.max(...found.map(({ predicted, certainty }, row) => (predicted === expected[row].predicted ? Math.abs((certainty ?? 0) - (expected[row].certainty ?? 0)) : Infinity)))
}

async function choose(page: Page, name: string, content: Uint8Array): Promise<void> {
  const chosen = page.waitForEvent('filechooser')
  await page.getByTestId('import-run').click()
  await (await chosen).setFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(content) })
}

async function drop(page: Page, name: string, content: Uint8Array): Promise<void> {
  const transfer = await draggedFile(page, name, content)
  const room = page.getByTestId('runs-table')
  await room.dispatchEvent('dragover', { dataTransfer: transfer })
  await expect(page.getByTestId('drop-target')).toBeVisible()
  await room.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.getByTestId('drop-target')).toHaveCount(0)
}

test('exports say elsewhere what the run said: ONNX Runtime, TensorFlow.js, safetensors', async ({ page }) => {
  await trained(page)
  await page.getByTestId('export-menu').click()
  for (const { type, title } of exporters) await expect(page.getByTestId(`export-format-${type}`)).toContainText(title.en)
  // Keys are the menu's from then on.
  await expect(page.getByRole('menu')).toBeFocused()
  await page.keyboard.press('Escape')
  // While it closes, a click would not open it again.
  await expect(page.getByTestId('export-format-bundle')).toHaveCount(0)

  const { rows, answers } = recordedAnswers(await download(page, 'bundle'))
  expect(rows.length).toBeGreaterThan(20)
  const features = digitFeatures(rows)
  const reference = referencePredictions(await download(page, 'safetensors'), features)
  expect(furthest(answersOf(reference), answers)).toBeLessThanOrEqual(ROUNDED)
  const shape = [rows.length, PIXELS]
  for (const { values: predictions } of [await predictInOnnx(await download(page, 'onnx'), features, shape), await predictInTfjs(await download(page, 'tfjs'), features, shape)]) {
    expect(predictions).toHaveLength(reference.length)
    expect(Math.max(...predictions.map((value, at) => Math.abs(value - reference[at])))).toBeLessThan(1e-5)
    expect(furthest(answersOf(predictions), answers)).toBeLessThanOrEqual(ROUNDED)
  }
  expect(new TextDecoder().decode(await download(page, 'report'))).toContain('<svg')
})

test('exports for Python hold what their loaders want, and predict the same where there is a Python', async ({ page }, testInfo) => {
  await trained(page)
  const { rows } = recordedAnswers(await download(page, 'bundle'))
  const features = digitFeatures(rows)
  const reference = Float32Array.from(referencePredictions(await download(page, 'safetensors'), features))
  const keras = unzipSync(await download(page, 'keras'))
  const pytorch = unzipSync(await download(page, 'pytorch'))
  expect(Object.keys(keras)).toEqual(['model.py', 'weights.npz', 'predict.py', 'metadata.json', 'train.py'])
  expect(decodeSafetensors(pytorch['model.safetensors']).ok).toBe(true)

  if (DESCENT_PYTHON === '') {
    console.warn('SKIPPED: exports are not loaded by Keras and PyTorch. Give DESCENT_PYTHON=<a Python with torch, keras, tensorflow, safetensors, numpy>.')
    return
  }
  test.slow()
  const expected = encodeNpy(reference, [rows.length, reference.length / rows.length])
  const shape = [rows.length, features.length / rows.length]
  const folder = testInfo.outputPath('exports/models/digits')
  const files = { 'features.npy': encodeNpy(features, shape), 'raw.npy': encodeNpy(features.map((value) => value * 16), shape), 'expected.npy': expected, 'predicted.npy': expected }
  for (const [part, content] of Object.entries({ '.': files, keras, pytorch })) {
    mkdirSync(join(folder, part), { recursive: true })
    for (const [name, bytes] of Object.entries(content)) writeFileSync(join(folder, part, name), bytes)
  }
  const said = execFileSync(DESCENT_PYTHON, [CHECK, testInfo.outputPath('exports')], { encoding: 'utf8' })
  const result = JSON.parse(/^RESULT (.*)$/m.exec(said)?.[1] ?? '{}') as Record<string, unknown>
  expect(Object.keys(result)).toEqual(['kind', 'case', 'keras', 'pytorch', 'kerasPredict', 'pytorchPredict'])
  for (const measure of ['keras', 'pytorch', 'kerasPredict', 'pytorchPredict']) expect(result[measure]).toBeLessThan(1e-5)
})

test('a bundle comes back by the file chooser and by drop; what is none is refused in words', async ({ page }) => {
  await trained(page)
  const bundle = await download(page, 'bundle')
  const done = page.getByTestId('runs-table').getByText('done')
  await choose(page, 'run.zip', bundle)
  await expect(done).toHaveCount(2)
  await drop(page, 'run.descent-run.zip', bundle)
  await expect(done).toHaveCount(3)

  await choose(page, 'half.zip', bundle.subarray(0, 3000))
  await expect(page.getByText('no whole run bundle')).toBeVisible()
  await drop(page, 'numbers.npy', new Uint8Array(8))
  await expect(await heldNotice(page, '.el-message--warning')).toContainText('numbers.npy is no experiment')
  await drop(page, 'other.descent.json', new TextEncoder().encode('{"format": 1, "name": "dropped", "model": { "nodes": [] }}'))
  await expect(page.getByTestId('experiment-tab').filter({ hasText: 'dropped' })).toBeVisible()
  await expect(page.getByTestId('room-build')).toHaveAttribute('aria-current', 'page')
})

test('an experiment is copied as code', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-build').click()
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  for (const [framework, words] of [['keras', 'import keras'], ['pytorch', 'import torch']] as const) {
    await page.getByTestId('file-menu').click()
    await page.getByTestId(`copy-${framework}`).click()
    await expect((await heldNotice(page, '.el-message')).first()).toContainText('in the clipboard')
    await expect.poll(clipboard).toContain(words)
    expect(await clipboard()).toContain('def load_data():')
  }
})

test('the palette exports the run, too', async ({ page }) => {
  await trained(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('export pytorch')
  const waiting = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await waiting).suggestedFilename()).toMatch(/\.pytorch\.zip$/)
})
