import { readFileSync } from 'node:fs'
import { expect, test, type Page } from './fixture'
import { fourExperiments, markAll } from './overlay'

/** Every view, in every state that looks different, light and dark, in both languages, at both sizes: into screenshots/. */
const SIZES = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'small', width: 1024, height: 700 },
] as const

/** Two features, so that its decision boundary is drawn; longer than anyone waits. */
const MOONS = {
  format: 1,
  name: 'moons',
  seed: 7,
  dataset: { type: 'moons', rows: 600, noise: 0.2, split: { validation: 0.25 } },
  model: {
    nodes: [
      { id: 'input', type: 'input' },
      { id: 'hidden1', type: 'dense', units: 16, activation: 'tanh' },
      { id: 'hidden2', type: 'dense', units: 16, activation: 'tanh' },
      { id: 'output', type: 'dense', units: 1, activation: 'sigmoid' },
    ],
  },
  training: { loss: 'binaryCrossentropy', metrics: ['accuracy'], optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9 }, batchSize: 32, epochs: 100_000 },
}

function example(name: string): string {
  return readFileSync(`resources/examples/${name}.descent.json`, 'utf8')
}

async function enter(page: Page, room: string): Promise<void> {
  await page.getByTestId(`room-${room}`).click()
  await expect(page.getByTestId(`room-${room}`)).toHaveAttribute('aria-current', 'page')
  await page.waitForLoadState('networkidle')
}

/** Trains what is open and waits for its end in the train room. */
async function train(page: Page): Promise<void> {
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('run-panel')).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'zh-CN'] as const) {
    test.describe(`${theme} ${language}`, () => {
      test.setTimeout(120_000)
      const settings = { theme, language, 'tour.step': 9 }

      async function take(page: Page, view: string): Promise<void> {
        for (const { name, width, height } of SIZES) {
          await page.setViewportSize({ width, height })
          // Charts draw a frame after their box has its size.
          await page.waitForTimeout(500)
          await page.screenshot({ path: `screenshots/${view}-${theme}-${language}-${name}.png`, animations: 'disabled' })
        }
        await page.setViewportSize(SIZES[0])
      }

      test.describe('at first', () => {
        test.use({ settings: { theme, language } })

        test('a new user', async ({ page }) => {
          await expect(page.getByTestId('tour')).toBeVisible()
          await take(page, 'first')
          await page.getByTestId('tour-dismiss').click()
          await enter(page, 'train')
          await take(page, 'train-idle')
          for (const room of ['runs', 'compare', 'replay'] as const) {
            await enter(page, room)
            await take(page, `${room}-empty`)
          }
        })
      })

      test.describe('a network', () => {
        test.use({
          settings,
          dataFiles: { 'workspace.json': JSON.stringify({ tabs: [{ id: 'cnn', text: example('digits-cnn'), file: null, savedText: null }], active: 'cnn' }) },
        })

        test('build', async ({ page }) => {
          await enter(page, 'build')
          await take(page, 'build')
          await page.locator('[data-testid^=node-]').nth(1).click()
          await take(page, 'build-layer')
          await page.getByTestId('view-list').click()
          await take(page, 'build-list')
          await page.getByTestId('view-json').click()
          await take(page, 'build-json')
        })
      })

      test.describe('training', () => {
        test.use({
          settings,
          dataFiles: {
            'workspace.json': JSON.stringify({
              tabs: [
                { id: 'moons', text: JSON.stringify(MOONS), file: null, savedText: null },
                { id: 'digits', text: example('digits-mlp'), file: null, savedText: null },
              ],
              active: 'moons',
            }),
          },
        })

        test('live and finished', async ({ page }) => {
          await page.getByTestId('train-button').click()
          await expect(page.getByTestId('run-state')).toBeVisible()
          await page.waitForTimeout(5000)
          await take(page, 'train-live')
          await page.getByTestId('stop-button').click()
          await page.getByTestId('experiment-tab').nth(1).click()
          await train(page)
          await take(page, 'train-done')
        })
      })

      test.describe('many runs', () => {
        test.use({ settings, dataFiles: fourExperiments })

        test('runs, compare, replay, devices', async ({ page }) => {
          for (let tab = 0; tab < 4; tab++) {
            await page.getByTestId('experiment-tab').nth(tab).click()
            await train(page)
          }
          await enter(page, 'runs')
          await take(page, 'runs')
          await page.getByTestId('runs-table').getByText('sgd').first().click()
          await take(page, 'runs-details')
          await markAll(page)
          await page.getByTestId('replay-runs').click()
          const scrub = page.getByTestId('replay-scrub')
          await scrub.fill(String(Math.round(0.6 * Number(await scrub.getAttribute('max')))))
          await take(page, 'replay')
          await enter(page, 'runs')
          await page.getByTestId('compare-runs').click()
          await page.locator('[data-compare-drawn="4"]').waitFor({ state: 'attached' })
          await take(page, 'compare')
          await enter(page, 'lab')
          await page.getByTestId('race-end').click()
          await take(page, 'lab')
          await enter(page, 'devices')
          await take(page, 'devices')
        })
      })
    })
  }
}
