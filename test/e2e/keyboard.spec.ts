import { expect, test, type Locator, type Page } from './fixture'
import { readStop, tabTo } from './keys'
import { enter } from './rooms'

const dataset = { type: 'iris', split: { train: 0.7, validation: 0.3 } }
const training = { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: 'adam', batchSize: 16, epochs: 5 }
const experiment = (name: string) => ({ format: 1, name, seed: 3, dataset, model: { nodes: [{ id: 'hidden', type: 'dense', units: 8, activation: 'relu' }, { id: 'output', type: 'dense', units: 3, activation: 'softmax' }] }, training })
const tab = (name: string) => ({ id: name, text: JSON.stringify(experiment(name)), file: null, savedText: null })
const workspace = { 'workspace.json': JSON.stringify({ tabs: [tab('first'), tab('second')], active: 'first' }) }

test.use({ dataFiles: workspace, settings: { 'tour.step': 9 } })
// The window answers to keys.
test.beforeEach(async ({ page }) => await expect(page.getByTestId('train-button')).toBeEnabled())

const softly = expect.configure({ soft: true, timeout: 90_000 })

/** Trains, and waits for the end of this run: the one before it may still be shown. */
async function train(page: Page): Promise<void> {
  const panel = page.getByTestId('run-panel')
  const before = (await panel.count()) === 0 ? '' : await panel.getAttribute('data-run')
  await page.keyboard.press('Control+Enter')
  await expect(panel).not.toHaveAttribute('data-run', before ?? '')
  await expect(panel).toHaveAttribute('data-status', 'done')
}

const mark = (page: Page, at: number): Locator => page.getByTestId('mark').nth(at)

test('a whole session by keys alone: a network, its training, another optimizer, comparison, export', async ({ page }) => {
  await page.keyboard.press('Alt+1')
  await expect(page.locator('#room')).toBeFocused()

  // A layer between the two.
  await tabTo(page, page.getByTestId('node-input'))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByTestId('node-hidden')).toBeFocused()
  await page.keyboard.press('a')
  await page.keyboard.type('dropout')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('node-dropout1')).toBeFocused()
  await expect(page.getByTestId('announcement')).not.toBeEmpty()

  // Trained once as it is, once with another optimizer and rate.
  await page.keyboard.press('Alt+2')
  await train(page)
  await expect(page.getByRole('status').filter({ hasText: 'done' })).toBeVisible()
  const rate = page.getByTestId('field-learningRate').getByRole('textbox').first()
  await tabTo(page, page.getByTestId('optimizer'), 120)
  await page.keyboard.press('Home')
  await expect(page.getByTestId('optimizer')).toHaveValue('sgd')
  await tabTo(page, rate)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('0.2')
  await page.keyboard.press('Enter')
  await train(page)

  // Compared, and a curve saved as a picture.
  await page.keyboard.press('Alt+3')
  await tabTo(page, mark(page, 0))
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await expect(mark(page, 1)).toBeFocused()
  await page.keyboard.press('Space')
  for (let presses = 0; presses < 20 && !(await page.getByTestId('compare-runs').evaluate((button) => button === document.activeElement)); presses++) await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.locator('[data-compare-drawn="2"]').waitFor({ state: 'attached' })
  await expect(page.locator('#room')).toBeFocused()
  const menu = page.getByTestId('chart-menu-loss')
  await tabTo(page, menu, 120)
  await page.keyboard.press('Enter')
  await expect(page.locator('.el-popover select').first()).toBeFocused()
  await tabTo(page, page.getByTestId('export-png'))
  const picture = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await picture).suggestedFilename()).toMatch(/\.png$/)
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()

  // A trained model exported from its details; closing them leads back to its row.
  await page.keyboard.press('Alt+3')
  await tabTo(page, mark(page, 1))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByTestId('export-menu'), 120)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('export-format-onnx')).toBeFocused()
  const model = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await model).suggestedFilename()).toMatch(/\.onnx$/)
  await tabTo(page, page.getByTestId('close-details'), 120)
  await page.keyboard.press('Enter')
  await expect(mark(page, 1)).toBeFocused()
})

test('what goes away gives the focus to what stood beside', async ({ page }) => {
  await page.keyboard.press('Alt+2')
  const pressed = async (target: Locator): Promise<void> => {
    await target.focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await readStop(page))?.lacks).toEqual([])
  }
  // A note that is closed, a value that is reset, an entry that is removed.
  await pressed(page.getByTestId('dialect-keras'))
  await pressed(page.getByTestId('dialect-pytorch'))
  await pressed(page.getByTestId('dialect-close'))
  await pressed(page.getByTestId('field-batchSize').getByRole('button', { name: /back to the default/ }))
  await pressed(page.getByTestId('field-stopping').locator('.add'))
  await pressed(page.getByTestId('field-stopping').getByRole('button', { name: 'Remove' }))
  await expect(page.getByTestId('field-stopping').locator('.add')).toBeFocused()

  // A racer of the Lab; a layer; a room; an experiment.
  await page.keyboard.press('Alt+6')
  await pressed(page.getByTestId('racer-3').locator('.remove'))
  await page.keyboard.press('Alt+1')
  await page.getByTestId('node-hidden').focus()
  await page.keyboard.press('Delete')
  await expect(page.getByTestId('node-hidden')).toHaveCount(0)
  await expect.poll(async () => (await readStop(page))?.lacks).toEqual([])
  await page.keyboard.press('Control+k')
  await page.keyboard.type('go devices')
  await page.keyboard.press('Enter')
  await expect(page.locator('#room')).toBeFocused()
  const [first, second] = [page.getByTestId('experiment-tab').nth(0), page.getByTestId('experiment-tab').nth(1)]
  await first.focus()
  await page.keyboard.press('ArrowRight')
  await expect(second).toBeFocused()
  await expect(second).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(second).toHaveCount(0)
  await expect.poll(async () => (await readStop(page))?.lacks).toEqual([])
})

test('the keys of an input method are its own while it composes', async ({ page }) => {
  await page.keyboard.press('Control+k')
  const field = page.getByTestId('palette').getByRole('combobox')
  await expect(field).toBeFocused()
  const composing = (key: string) => field.evaluate((element, pressed) => element.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, isComposing: true, bubbles: true, cancelable: true })), key)
  const first = await field.getAttribute('aria-activedescendant')
  await composing('ArrowDown')
  await composing('Escape')
  await composing('Enter')
  await expect(page.getByTestId('palette')).toBeVisible()
  expect(await field.getAttribute('aria-activedescendant')).toBe(first)
  await page.keyboard.press('ArrowDown')
  await expect(field).not.toHaveAttribute('aria-activedescendant', first ?? '')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('palette')).toHaveCount(0)
})

for (const theme of ['light', 'dark']) {
  test.describe(theme, () => {
    test.use({ settings: { theme, 'tour.step': 9 } })

    test('wherever the Tab key stops, the focus is seen, named and within the window', async ({ page }) => {
      await train(page)
      for (const room of ['build', 'train', 'runs', 'compare', 'replay', 'lab', 'devices']) {
        await enter(page, room)
        if (room === 'runs') {
          await page.getByTestId('mark-all').check()
          await page.getByTestId('runs-table').getByRole('button', { name: 'first' }).click()
          await page.getByTestId('compare-runs').click()
          await enter(page, 'runs')
        }
        await page.locator('#room').focus()
        const stops: string[] = []
        for (;;) {
          await page.keyboard.press('Tab')
          let stop = await readStop(page)
          // Some rings grow.
          await softly.poll(async () => (stop = await readStop(page))?.lacks ?? [], `${room}: ${stop?.name ?? ''} lacks`).toEqual([])
          // Past the last, the browser's own bars follow.
          if (stop === null || stops.length > 200) break
          stops.push(stop.name)
        }
        expect(stops, room).not.toEqual([])
      }
    })
  })
}
