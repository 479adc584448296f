import { readFileSync } from 'node:fs'
import { exporters } from '@shared/catalog/exporters'
import { unzipSync } from 'fflate'
import { InferenceSession } from 'onnxruntime-node'
import { expect, test, type Page } from './fixture'

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
  expect(file.suggestedFilename()).toMatch(/^digits-mlp-\d{8}-\d{4}-\w+\./)
  return readFileSync(await file.path())
}

test('a trained run leaves in every format, and comes back as a bundle', async ({ page }) => {
  await trained(page)
  await page.getByTestId('export-menu').click()
  for (const { type, title } of exporters) await expect(page.getByTestId(`export-format-${type}`)).toContainText(title.en)
  await page.keyboard.press('Escape')

  const session = await InferenceSession.create(await download(page, 'onnx'))
  expect(session.inputNames).toEqual(['input'])
  await session.release()
  expect(Object.keys(unzipSync(await download(page, 'keras')))).toEqual(['model.py', 'weights.npz', 'predict.py', 'metadata.json', 'train.py'])
  expect(Object.keys(unzipSync(await download(page, 'pytorch')))).toContain('model.safetensors')
  expect(Object.keys(unzipSync(await download(page, 'tfjs')))).toContain('model.json')
  expect(new TextDecoder().decode(await download(page, 'report'))).toContain('<svg')

  const bundle = Buffer.from(await download(page, 'bundle'))
  const chosen = page.waitForEvent('filechooser')
  await page.getByTestId('import-run').click()
  await (await chosen).setFiles({ name: 'run.zip', mimeType: 'application/zip', buffer: bundle })
  await expect(page.getByTestId('runs-table').getByText('done')).toHaveCount(2)

  const again = page.waitForEvent('filechooser')
  await page.getByTestId('import-run').click()
  await (await again).setFiles({ name: 'run.zip', mimeType: 'application/zip', buffer: bundle.subarray(0, 3000) })
  await expect(page.getByText('no whole run bundle')).toBeVisible()
})

test('an experiment is copied as code', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-build').click()
  for (const [framework, words] of [['keras', 'import keras'], ['pytorch', 'import torch']] as const) {
    await page.getByTestId('file-menu').click()
    await page.getByTestId(`copy-${framework}`).click()
    await expect(page.getByText('in the clipboard').first()).toBeVisible()
    const script = await page.evaluate(() => navigator.clipboard.readText())
    expect(script).toContain(words)
    expect(script).toContain('def load_data():')
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
