import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { expectAccessible } from './accessibility'
import { expect, test, type Locator, type Page } from './fixture'
import { fourExperiments, markAll, trainAll } from './overlay'

test.use({ dataFiles: fourExperiments })

async function compareAll(page: Page): Promise<Locator> {
  await trainAll(page)
  await markAll(page)
  await page.getByTestId('compare-runs').click()
  await page.locator('[data-compare-drawn="4"]').waitFor({ state: 'attached' })
  return page.getByTestId('compare-chart-loss')
}

async function chooseGroup(page: Page, name: string): Promise<void> {
  await page.getByTestId('compare-group').click()
  await page.getByRole('option', { name, exact: true }).click()
}

/** Middle of a share of the chart's width. */
async function place(chart: Locator, share: number): Promise<{ readonly x: number; readonly y: number }> {
  const box = await chart.locator('.line-chart').boundingBox()
  if (box === null) throw new Error('the chart has no place')
  return { x: box.x + box.width * share, y: box.y + box.height / 2 }
}

test('runs are laid over each other, read, zoomed, switched off and put together', async ({ page }) => {
  const loss = await compareAll(page)
  const readout = loss.getByTestId('chart-readout')
  const legend = page.getByRole('region', { name: 'Runs in the comparison' })
  await expect(legend.getByRole('listitem')).toHaveCount(4)

  const middle = await place(loss, 0.5)
  await page.mouse.move(middle.x, middle.y)
  await expect(readout.locator('.row')).toHaveCount(8)
  const values = (await readout.locator('.row .number').allTextContents()).map(Number)
  expect(values).toEqual([...values].sort((a, b) => b - a))

  await page.mouse.down()
  const right = await place(loss, 0.8)
  await page.mouse.move(right.x, right.y, { steps: 4 })
  await page.mouse.up()
  await expect(loss.locator('.words')).toContainText('zoomed')
  await page.mouse.dblclick(right.x, right.y)
  await expect(loss.locator('.words')).not.toContainText('zoomed')

  await legend.getByRole('button', { name: 'Show only adam · 1' }).click()
  await page.mouse.move(middle.x, middle.y + 1)
  await expect(readout.locator('.row')).toHaveCount(2)
  await legend.getByRole('button', { name: 'Show only adam · 1' }).click()

  // Each seed splits the data anew: told while runs of different seeds stand side by side.
  await expect(page.getByTestId('compare-splitBySeed')).toBeVisible()
  await chooseGroup(page, 'all but the seed')
  await expect(page.getByTestId('compare-splitBySeed')).toHaveCount(0)
  await expect(legend.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByTestId('compare-results')).toContainText('±')
  await expect(page.getByTestId('compare-results')).toContainText('Δ')

  await legend.getByRole('button', { name: 'Remove sgd from the comparison' }).click()
  await expect(legend.getByRole('listitem')).toHaveCount(1)
})

test('what differs is shown, and nothing else', async ({ page }) => {
  await compareAll(page)
  await page.getByTestId('compare-tab-differences').click()
  const diff = page.getByTestId('compare-diff')
  await expect(diff.getByRole('rowheader')).toHaveText(['seed', 'training.optimizer.type', 'training.optimizer.learningRate'])
  await chooseGroup(page, 'all but the seed')
  await expect(diff.getByRole('rowheader')).toHaveText(['training.optimizer.type', 'training.optimizer.learningRate'])
  await expect(diff.getByRole('row', { name: 'training.optimizer.type' }).getByRole('cell', { name: 'adam' })).toHaveCount(1)
  await expect(diff.getByRole('row', { name: 'training.optimizer.learningRate' }).getByRole('cell', { name: '0.003' })).toHaveCount(1)
})

test('a small window has room for the picture of settings and results, and for numbers beside long names', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await compareAll(page)
  await page.getByTestId('compare-tab-parallel').click()
  await expect(page.getByTestId('compare-parallel')).toBeInViewport({ ratio: 1 })
  await page.getByTestId('room-runs').click()
  await page.getByTestId('runs-table').getByText('adam').first().click()
  const long = `${'name '.repeat(39)}tail`
  await page.getByTestId('run-name').fill(long)
  await page.getByTestId('run-name').press('Enter')
  await page.getByTestId('room-compare').click()
  await page.getByTestId('compare-tab-results').click()
  const row = page.getByTestId('compare-results').getByRole('row', { name: 'tail' })
  await row.getByRole('radio').scrollIntoViewIfNeeded()
  await expect(row.getByTitle(long, { exact: true })).toBeVisible()
  await expect(row.getByRole('cell').first()).toBeInViewport({ ratio: 1 })
  const legend = page.getByRole('region', { name: 'Runs in the comparison' })
  await expect(legend.getByText('name tail', { exact: true })).toBeInViewport({ ratio: 1 })
})

test('charts are read, zoomed, moved and changed by keys; settings are remembered', async ({ page }) => {
  const loss = await compareAll(page)
  await loss.locator('.line-chart').focus()
  await page.keyboard.press('ArrowRight')
  await expect(loss.getByTestId('chart-readout')).toContainText('step 1')
  await page.keyboard.press('+')
  await expect(loss.locator('.words')).toContainText('zoomed')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('0')
  await expect(loss.locator('.words')).not.toContainText('zoomed')

  await page.getByTestId('compare-chart-loss').getByRole('button', { name: 'Move the chart of Loss' }).focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(page.locator('[data-testid^=compare-chart-]').first()).toHaveAttribute('data-testid', 'compare-chart-accuracy')
  await page.getByTestId('chart-menu-loss').click()
  await page.getByTestId('chart-log-y').check()
  await page.keyboard.press('Escape')
  // The menu has a choice of units, too, until it is gone.
  await expect(page.getByTestId('chart-log-y')).toHaveCount(0)
  await page.getByTestId('compare-x').click()
  await page.getByRole('option', { name: 'epoch', exact: true }).click()
  await expect(loss.locator('.words')).toHaveText('by epoch · log y · every point')

  await page.reload()
  await expect(loss.locator('.words')).toHaveText('by epoch · log y · every point')
  await expect(page.locator('[data-testid^=compare-chart-]').first()).toHaveAttribute('data-testid', 'compare-chart-accuracy')
})

test('a chart is saved as PNG and SVG, its data as CSV', async ({ page }) => {
  await compareAll(page)
  await page.getByTestId('chart-menu-loss').click()
  const saved = async (format: string): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(`export-${format}`).click()])
    expect(download.suggestedFilename()).toBe(`loss.${format}`)
    return await readFile(await download.path())
  }
  expect((await saved('png')).subarray(1, 4).toString()).toBe('PNG')
  const svg = (await saved('svg')).toString()
  expect(svg).toMatch(/^<svg /)
  expect(svg).toContain('adam · 1')
  const rows = parse<Readonly<Record<string, string>>>((await saved('csv')).toString(), { columns: true })
  // Four epochs of 45 steps, every step of training and every epoch's evaluation and mean, of four runs.
  expect(rows).toHaveLength(4 * (4 * 45 + 4 + 4))
  expect(new Set(rows.map(({ metric }) => metric))).toEqual(new Set(['train.loss', 'epoch.loss', 'val.loss']))
  expect(rows.filter(({ metric, step }) => metric === 'val.loss' && step === '45').map(({ epoch }) => epoch)).toEqual(['1', '1', '1', '1'])
})

test('a run that trains grows while it is compared', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-train').click()
  // Longer than any test: it is stopped by hand.
  await page.getByTestId('field-epochs').getByRole('textbox').fill('100000')
  await page.keyboard.press('Enter')
  await page.getByTestId('train-button').click()
  await page.getByTestId('room-runs').click()
  await page.getByTestId('runs-table').getByText('adam').first().click()
  await page.getByTestId('compare-runs').click()
  const loss = page.getByTestId('compare-chart-loss')
  const chart = loss.locator('.line-chart')
  /** Of the last point that the chart has; 0 while there is none. */
  const lastStep = async (): Promise<number> => {
    await chart.blur()
    await chart.focus()
    await page.keyboard.press('ArrowLeft')
    const [readout = ''] = await loss.getByTestId('chart-readout').allTextContents()
    return Number((/step ([\d\u2009]+)/.exec(readout)?.[1] ?? '0').replaceAll('\u2009', ''))
  }
  await expect.poll(lastStep).toBeGreaterThan(0)
  const early = await lastStep()
  await expect.poll(lastStep).toBeGreaterThan(early + 180)
  await page.getByTestId('stop-button').click()
  await expect(page.getByTestId('stop-button')).toBeDisabled()
})

test('the room has no serious accessibility violation, empty or full', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-compare').click()
  await expect(page.getByTestId('compare-room')).toContainText('Nothing to compare yet')
  await expectAccessible(page, '[data-testid=compare-room]')
  await page.getByTestId('room-build').click()
  await page.getByTestId('train-button').click()
  await page.getByTestId('room-runs').click()
  await expect(page.getByTestId('runs-table').getByText('done')).toHaveCount(1)
  await page.getByTestId('runs-table').getByText('adam').first().click()
  await page.getByTestId('compare-runs').click()
  await page.locator('[data-compare-drawn="1"]').waitFor({ state: 'attached' })
  await expectAccessible(page, '[data-testid=compare-room]')
})

test('an experiment trains from several seeds and is compared as one group', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('train-more').click()
  await page.getByTestId('train-seeds-3').click()
  await page.getByTestId('room-runs').click()
  await expect(page.getByTestId('runs-table').getByText('done')).toHaveCount(3)
  await page.getByTestId('room-compare').click()
  const legend = page.getByRole('region', { name: 'Runs in the comparison' })
  await expect(legend.getByRole('listitem')).toHaveCount(3)
  for (const seed of [1, 2, 3]) await expect(legend).toContainText(`adam · ${String(seed)}`)
  await chooseGroup(page, 'all but the seed')
  await expect(legend.getByRole('listitem')).toHaveCount(1)
  await expect(legend.getByRole('listitem')).toContainText('×3')
})
