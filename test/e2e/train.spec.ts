import { readFileSync } from 'node:fs'
import { draggedFile } from './drop'
import { expect, test, type Locator, type Page } from './fixture'
import { heldNotice } from './notices'
import { stepOf } from './steps'

async function openTrainRoom(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-train').click()
  await expect(page.getByTestId('data-preview')).toBeVisible()
}

/** Pixels of a chart, over all its canvases, that are neither background nor its furniture, which is nearly gray: its curves. */
async function coloredPixels(chart: Locator): Promise<number> {
  return await chart.locator('canvas').evaluateAll((canvases) => {
    let colored = 0
    for (const canvas of canvases as HTMLCanvasElement[]) {
      // Not laid out yet.
      if (canvas.width === 0 || canvas.height === 0) continue
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() }
      for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue, alpha] = data.slice(at, at + 4)
        if (alpha > 60 && Math.max(red, green, blue) - Math.min(red, green, blue) > 28) colored++
      }
    }
    return colored
  })
}

/** Longer than any test: it is paused and stopped by hand. */
async function trainLong(page: Page): Promise<void> {
  await page.getByTestId('field-epochs').getByRole('textbox').fill('100000')
  await page.keyboard.press('Enter')
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('training')
  await expect.poll(() => stepOf(page)).toBeGreaterThan(500)
}

test('the first run: one click trains the digits, shows curves and says how good it is', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('result-sentence')).toHaveText(/^9\d\.\d% on 359 unseen digits$/)
  await expect.poll(() => coloredPixels(page.getByTestId('chart-loss'))).toBeGreaterThan(300)
  await expect.poll(() => coloredPixels(page.getByTestId('chart-accuracy'))).toBeGreaterThan(300)
  await expect(page.getByTestId('misread').locator('figure')).toHaveCount(3)
  await expect(page.getByTestId('misread')).toContainText(/read as \d \(\d+\.\d%\)\s*is \d/)
  // Charts out of sight wait until they are looked at.
  await page.getByTestId('confusion').scrollIntoViewIfNeeded()
  await expect.poll(() => coloredPixels(page.getByTestId('confusion'))).toBeGreaterThan(1000)

  await page.getByTestId('show-samples').click()
  await expect(page.getByTestId('predictions').locator('figure')).toHaveCount(64)

  const downloading = page.waitForEvent('download')
  await page.getByTestId('export-as-onnx').click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/\.onnx$/)
  expect(readFileSync(await download.path()).length).toBeGreaterThan(4 * 4810)

  await page.getByTestId('try-other').click()
  await expect(page.getByTestId('experiment-tab')).toHaveCount(2)
  await expect(page.getByTestId('experiment-tab').last()).toContainText('digits-mlp-sgd')
  await expect(page.getByTestId('result-sentence')).toBeVisible()
  await expect(page.getByTestId('optimizer')).toHaveValue('sgd')
  await page.getByTestId('compare-runs').click()
  await expect(page.getByTestId('room-compare')).toHaveAttribute('aria-current', 'page')
})

test('a run is paused, found again after a reload, stepped, resumed, and its rate changed with a mark', async ({ page }) => {
  await openTrainRoom(page)
  await trainLong(page)
  await page.getByTestId('pause-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('paused')
  const step = await stepOf(page)

  await page.reload()
  await expect(page.getByTestId('run-state')).toHaveText('paused')
  await expect.poll(() => stepOf(page)).toBe(step)
  await expect.poll(() => coloredPixels(page.getByTestId('chart-loss'))).toBeGreaterThan(300)
  await expect(page.getByTestId('predictions').locator('figure')).toHaveCount(64)
  await expect(page.getByTestId('run-log')).toContainText('Paused')

  await page.getByTestId('step-button').click()
  await expect.poll(() => stepOf(page)).toBe(step + 1)

  await page.getByTestId('resume-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('training')
  await expect.poll(() => stepOf(page)).toBeGreaterThan(step + 200)
  await expect(page.getByTestId('eta')).toBeVisible()

  const marks = Number(await page.getByTestId('chart-loss').getAttribute('data-marks'))
  await page.getByTestId('rate-halve').click()
  await expect(page.getByTestId('run-log')).toContainText('Learning rate set to 0.001 (0.5 × the schedule)')
  await expect(page.getByTestId('chart-loss')).toHaveAttribute('data-marks', String(marks + 1))
  await expect(page.getByTestId('chart-learningRate')).toContainText('0.001')
  await page.getByTestId('rate-number').fill('5e-4')
  await page.getByTestId('rate-number').press('Enter')
  await expect(page.getByTestId('run-log')).toContainText('Learning rate set to 0.0005')

  await page.getByTestId('stop-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('stopped')
  const stopped = await stepOf(page)
  await page.getByTestId('resume-run').click()
  await expect(page.getByTestId('run-state')).toHaveText('training')
  await expect.poll(() => stepOf(page)).toBeGreaterThan(stopped)
  await page.getByTestId('stop-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('stopped')
})

test('two windows show the same run', async ({ page, openWindow }) => {
  await openTrainRoom(page)
  await trainLong(page)
  const other = await openWindow()
  await other.getByTestId('room-train').click()
  await expect(other.getByTestId('run-state')).toHaveText('training')
  await other.getByTestId('pause-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('paused')
  await page.getByTestId('stop-button').click()
  await expect(other.getByTestId('run-state')).toHaveText('stopped')
})

/** Two kinds of fruit that weight and color tell apart; the first column is only a number. */
function fruit(): string {
  const rows = Array.from({ length: 120 }, (_, row) => {
    const apple = row % 2 === 0
    return [row + 1, (apple ? 150 : 110) + ((row * 37) % 23), apple ? ['red', 'green'][(row / 2) % 2] : ['yellow', 'green'][(row >> 1) % 2], apple ? 'apple' : 'lemon'].join(';')
  })
  return ['number;weight;color;fruit', ...rows].join('\n')
}

test('a CSV file becomes a trained model', async ({ page }) => {
  await openTrainRoom(page)
  await page.getByTestId('dataset').selectOption('csv')
  await expect(page.getByTestId('file-path')).toContainText('no file yet')
  await page.getByTestId('file-path').locator('input[type=file]').setInputFiles({ name: 'fruit.csv', mimeType: 'text/csv', buffer: Buffer.from(fruit()) })
  await expect(page.getByTestId('file-path')).toContainText('fruit.csv')
  await expect(page.getByTestId('role-fruit')).toHaveValue('target')
  await page.getByTestId('role-number').selectOption('ignore')
  await expect(page.getByTestId('first-rows')).toContainText('lemon')
  await expect(page.getByTestId('first-rows').locator('th')).toHaveText(['weight', 'color', 'class'])

  await page.getByTestId('column-what').getByTestId('advice-ending').getByRole('button').click()
  await expect(page.getByTestId('loss')).toHaveValue('binaryCrossentropy')
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('result-sentence')).toHaveText(/^(9\d\.\d|100\.0)% on 24 unseen samples$/)

  // Another question to the same file: what to change for it is one click.
  await page.getByTestId('role-weight').selectOption('target')
  await page.getByTestId('column-what').getByTestId('advice-ending').getByRole('button').click()
  await expect(page.getByTestId('loss')).toHaveValue('meanSquaredError')
})

test('a table that is dropped on the window becomes an experiment; what is wrong in it is told by line', async ({ page }) => {
  await openTrainRoom(page)
  const drop = async (name: string, content: string): Promise<void> => {
    await page.getByTestId('train-room').dispatchEvent('drop', { dataTransfer: await draggedFile(page, name, content) })
  }
  await drop('fruit.csv', fruit())
  await expect(page.getByTestId('experiment-tab').last()).toHaveText('fruit')
  await expect(page.getByTestId('role-fruit')).toHaveValue('target')
  await expect(page.getByTestId('loss')).toHaveValue('binaryCrossentropy')
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('result-sentence')).toHaveText(/^(9\d\.\d|100\.0)% on 24 unseen samples$/)

  const broken = fruit().split('\n')
  broken[7] = `${broken[7]};more`
  await drop('broken.csv', broken.join('\n'))
  await expect(page.getByTestId('experiment-tab').last()).toHaveText('broken')
  await expect(page.getByTestId('column-what')).toContainText('line 8: 5 cells where 4 are expected')
  await expect(page.getByTestId('train-button')).toBeDisabled()
  await page.getByTestId('file-path').locator('input[type=file]').setInputFiles({ name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from(fruit()) })
  await expect(page.getByTestId('train-button')).toBeEnabled()
})

test('two features show the decision boundary; numbers that go bad are explained', async ({ page }) => {
  await openTrainRoom(page)
  await page.getByTestId('dataset').selectOption('moons')
  await page.getByTestId('column-what').getByTestId('advice-ending').getByRole('button').click()
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('result-sentence')).toContainText('on 100 unseen samples')
  await page.getByTestId('plane').scrollIntoViewIfNeeded()
  await expect.poll(() => coloredPixels(page.getByTestId('plane'))).toBeGreaterThan(20_000)

  await page.getByTestId('optimizer').selectOption('sgd')
  await page.getByTestId('loss').selectOption('meanSquaredError')
  await page.getByTestId('field-learningRate').getByRole('textbox').fill('1e35')
  await page.keyboard.press('Enter')
  await page.getByTestId('dataset').selectOption('linear')
  await page.getByTestId('column-what').getByTestId('advice-ending').getByRole('button').click()
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('failed')
  await expect(page.getByTestId('run-panel').getByRole('alert')).toContainText(/not a number|infinite|NaN/i)
})

test('the rule is tied to its fields, and the schedule shows its curve', async ({ page }) => {
  await openTrainRoom(page)
  const rule = page.getByTestId('rule').first()
  await page.getByTestId('field-beta1').hover()
  await expect(rule.locator('.katex-html [data-field=beta1].pointed').first()).toBeVisible()
  await rule.locator('.katex-html [data-field=epsilon]').first().hover()
  await expect(page.getByTestId('field-epsilon')).toHaveClass(/highlighted/)
  await page.getByTestId('dialect-textbook').click()
  await expect(page.getByTestId('field-epsilonPlacement')).toBeVisible()
  await page.getByTestId('schedule').selectOption('cosine')
  await expect.poll(() => coloredPixels(page.getByTestId('schedule-curve'))).toBeGreaterThan(100)
})

test('from the status bar to an issue, and from there to its field, whatever is folded', async ({ page }) => {
  await openTrainRoom(page)
  const share = page.getByTestId('field-validation').locator('input').first()
  await expect(share).toBeHidden()
  await page.getByTestId('room-build').click()
  await page.getByTestId('view-json').click()
  const text = page.getByTestId('json-text')
  await text.fill((await text.inputValue()).replace('"validation": 0.2', '"validation": 2'))
  await page.getByTestId('view-canvas').click()
  await page.getByTestId('room-train').click()
  await page.getByTestId('collapse-what').click()
  await expect(page.getByTestId('now-issues')).toContainText('validation')
  await page.getByTestId('status-issues').click()
  await page.getByTestId('issue-0').click()
  await expect(share).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('0.2')
  await expect(page.getByTestId('status-issues')).toBeHidden()

  // A layer's problem leads from the Train room to the layer.
  await page.getByTestId('dataset').selectOption('iris')
  await page.getByTestId('now-issues').getByRole('button').first().click()
  await expect(page.getByTestId('room-build')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByTestId('node-output')).toBeFocused()
})

test('a notice of a run that ended elsewhere leads to it', async ({ page }) => {
  await openTrainRoom(page)
  // Who is still in the room when the run ends is told nothing.
  await page.getByTestId('train-button').evaluate((button: HTMLElement) => {
    button.click()
    document.querySelector<HTMLElement>('[data-testid=room-lab]')?.click()
  })
  await (await heldNotice(page, '.el-notification')).click()
  await expect(page.getByTestId('room-runs')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByTestId('run-name')).toHaveValue(/digits/i)
})

test('columns fold, and stay so', async ({ page }) => {
  await openTrainRoom(page)
  await page.getByTestId('collapse-what').click()
  await expect(page.getByTestId('column-what')).toHaveCount(0)
  await page.reload()
  await expect(page.getByTestId('column-now')).toBeVisible()
  await expect(page.getByTestId('column-what')).toHaveCount(0)
  await page.getByTestId('expand-what').click()
  await expect(page.getByTestId('column-what')).toBeVisible()
})

test('from a range test to the adopted rate', async ({ page }) => {
  await openTrainRoom(page)
  await page.getByTestId('find-rate').click()
  await expect(page.getByTestId('adopt-rate')).toBeVisible()
  await expect.poll(() => coloredPixels(page.getByTestId('range-curve'))).toBeGreaterThan(100)
  const suggested = (await page.getByTestId('suggested-rate').textContent())?.match(/[\d.e-]+\d/)?.[0] ?? ''
  await page.getByTestId('adopt-rate').click()
  await expect(page.getByTestId('field-learningRate').getByRole('textbox')).toHaveValue(suggested)
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('result-sentence')).toBeVisible()
})
