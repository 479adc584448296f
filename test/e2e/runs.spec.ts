import { expect, test, type Page } from './fixture'

async function trainTwo(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  for (let run = 1; run <= 2; run++) {
    await page.getByTestId('train-button').click()
    await page.getByTestId('room-runs').click()
    await expect(page.getByTestId('runs-table').getByText('done')).toHaveCount(run)
  }
}

test('runs are filtered, tagged, renamed, archived and deleted with undo', async ({ page }) => {
  await trainTwo(page)
  const table = page.getByTestId('runs-table')
  const filter = page.getByTestId('runs-filter')

  await filter.fill('optimizer = adam and val.accuracy > .9')
  await expect(page.getByTestId('runs-count')).toContainText('2 of 2')
  await filter.fill('optimizer = sgd')
  await expect(page.getByTestId('runs-count')).toContainText('0 of 2')
  await filter.fill('optimizer =')
  await expect(page.getByTestId('filter-problem')).toContainText('value is missing')
  await expect(page.getByTestId('runs-count')).toContainText('2 of 2')
  await filter.fill('')
  // Completions lie over the table.
  await filter.press('Escape')

  await table.getByText('digits-mlp').first().click()
  await page.getByTestId('run-name').fill('<b>first</b>')
  await page.getByTestId('run-name').press('Enter')
  await expect(table.getByText('<b>first</b>')).toBeVisible()
  await page.getByTestId('add-tag').fill('paper')
  await page.getByTestId('add-tag').press('Enter')
  await expect(table.getByText('paper')).toBeVisible()
  await filter.fill('tags = paper')
  await expect(page.getByTestId('runs-count')).toContainText('1 of 2')

  await page.getByTestId('archive-runs').click()
  await expect(page.getByTestId('runs-count')).toContainText('0 of 2')
  await page.getByTestId('take-back').click()
  await expect(page.getByTestId('runs-count')).toContainText('1 of 2')

  await page.getByTestId('delete-runs').click()
  await expect(page.getByTestId('runs-count')).toContainText('0 of 2')
  await page.getByTestId('take-back').click()
  await expect(page.getByTestId('runs-count')).toContainText('1 of 2')
})

test('a run opens as a new experiment with its document', async ({ page }) => {
  await trainTwo(page)
  await page.getByTestId('runs-table').getByText('digits-mlp').first().click()
  await page.getByTestId('open-document').click()
  await expect(page.getByTestId('experiment-tab')).toHaveCount(2)
  await expect(page.getByTestId('room-build')).toHaveAttribute('aria-current', 'page')
})

test('keys go from run to run, mark and open', async ({ page }) => {
  await trainTwo(page)
  const marks = page.getByTestId('mark')
  await marks.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(marks.nth(1)).toBeFocused()
  await page.keyboard.press('Space')
  await expect(marks.nth(1)).toBeChecked()
  await page.keyboard.press('Home')
  await expect(marks.first()).toBeFocused()
  await expect(marks.first()).not.toBeChecked()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('run-name')).toHaveValue('digits-mlp')
  // One stop for the Tab key, however many rows.
  await page.keyboard.press('Shift+Tab')
  await expect(marks.first()).not.toBeFocused()
  await page.keyboard.press('Tab')
  await expect(marks.nth(1)).toBeFocused()
})

test.describe('many that fail', () => {
  const document = { format: 1, name: 'far', seed: 1, dataset: { type: 'linear' }, model: { nodes: [{ type: 'dense', units: 1 }] }, training: { loss: 'meanSquaredError', optimizer: { type: 'sgd', learningRate: 1e30 }, batchSize: 32, epochs: 5 } }
  test.use({ settings: { 'tour.step': 9 }, dataFiles: { 'workspace.json': JSON.stringify({ tabs: [{ id: 'far', text: JSON.stringify(document), file: null, savedText: null }], active: 'far' }) } })

  test('are told of by the newest notices alone, which leave the room usable', async ({ page }) => {
    await page.getByTestId('train-more').click()
    // So many that several are told of at once.
    await page.getByTestId('train-seeds-10').click()
    await page.getByTestId('room-runs').click()
    await expect(page.getByTestId('runs-table').getByText('failed')).toHaveCount(10)
    await expect(page.locator('.el-notification')).toHaveCount(3)
  })
})
