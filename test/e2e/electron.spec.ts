import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { InferenceSession } from 'onnxruntime-node'
import { findElectron, obstacle } from '../../bin/lib/desktop.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const electron = findElectron(ROOT)
const reason = electron === null ? 'Electron’s binary is not installed: npx install-electron' : obstacle({ platform: process.platform, environment: { ...process.env, CI: undefined }, root: process.geteuid?.() === 0 })
// The programs of the desktop are tested without it by test/integration/electron, on a stand-in with Electron's ports.
if (reason !== null) console.warn(`SKIPPED: the desktop program was not started. ${reason}`)

/** A data directory with an experiment beside it, and the desktop program that is started with that experiment. */
interface Desktop {
  readonly app: ElectronApplication
  readonly window: Page
  readonly directory: string
}

const test = base.extend<{ readonly epochs: number; readonly desktop: Desktop }>({
  epochs: [30, { option: true }],

  desktop: async ({ epochs }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'descent-electron-'))
    const document = join(directory, 'mine.descent.json')
    const sample = JSON.parse(readFileSync(join(ROOT, 'resources/examples/digits-mlp.descent.json'), 'utf8')) as { readonly training: object }
    writeFileSync(document, JSON.stringify({ ...sample, name: 'from a file', training: { ...sample.training, epochs } }))
    writeFileSync(join(directory, 'settings.json'), JSON.stringify({ language: 'en', theme: 'light', 'tour.step': 9 }))
    const app = await _electron.launch({
      executablePath: electron ?? undefined,
      args: [ROOT, `--user-data-dir=${join(directory, 'electron')}`, document],
      cwd: ROOT,
      env: { ...(process.env as Record<string, string>), DESCENT_DATA_DIR: directory, LANG: 'en_US.UTF-8' },
    })
    await use({ app, window: await app.firstWindow(), directory })
    await app.close()
    rmSync(directory, { recursive: true, force: true })
  },
})

test.describe('the desktop program', () => {
  test.skip(reason !== null, reason ?? '')

  test('opens a document of its command line in a window that can do nothing else', async ({ desktop: { app, window } }) => {
    await expect(window).toHaveTitle('Descent')
    await expect(window.getByTestId('experiment-tab').filter({ hasText: 'from a file' })).toBeVisible()
    const page = await window.evaluate(() => ({ origin: location.origin, require: typeof (globalThis as { require?: unknown }).require, process: typeof (globalThis as { process?: unknown }).process }))
    expect(page.origin).not.toMatch(/^(file|https?):/)
    expect(page).toMatchObject({ require: 'undefined', process: 'undefined' })
    const opened = await window.evaluate(() => globalThis.open('https://example.invalid/') === null)
    expect(opened).toBe(true)
    expect(app.windows()).toHaveLength(1)
    const [width, height] = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getMinimumSize())
    expect([width, height]).toEqual([1024, 700])
  })

  test('trains, and saves the model through the system’s dialog', async ({ desktop: { app, window, directory } }) => {
    const path = join(directory, 'model.onnx')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, path)
    await window.getByTestId('train-button').click()
    await window.getByTestId('room-train').click()
    await expect(window.getByTestId('result-sentence')).toContainText('%')
    await window.getByTestId('export-as-onnx').click()
    await expect.poll(() => sizeOf(path)).toBeGreaterThan(1000)
    const session = await InferenceSession.create(readFileSync(path))
    expect(session.inputNames).toEqual(['input'])
    await session.release()
  })

  test.describe('with a long run', () => {
    test.use({ epochs: 1_000_000 })

    test('asks before it quits, and stays where that is wished', async ({ desktop: { app, window } }) => {
      await window.getByTestId('train-button').click()
      await window.getByTestId('room-runs').click()
      await expect(window.getByTestId('runs-table').getByText('running')).toHaveCount(1)
      // Stay; then, when the test ends the program, leave.
      await app.evaluate(({ app: program, dialog }) => {
        let asked = 0
        dialog.showMessageBox = () => Promise.resolve({ response: asked++ === 0 ? 1 : 0, checkboxChecked: false })
        program.quit()
      })
      await expect(window.getByTestId('runs-table').getByText('running')).toHaveCount(1)
      const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [])
      expect(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'Run', 'View']))
    })
  })
})

function sizeOf(path: string): number {
  try {
    return readFileSync(path).length
  } catch {
    return 0
  }
}
