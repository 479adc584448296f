import { expect, test, type Page } from './fixture'

/** The text data set with a class at every position, and a small model that fits it. */
const DOCUMENT = {
  format: 1,
  name: 'sonnets',
  seed: 5,
  dataset: { type: 'text', sequenceLength: 16, targets: 'every', stride: 4, split: { validation: 0.1, shuffle: false, stratified: false } },
  model: { nodes: [{ type: 'embedding', inputDim: 56, outputDim: 16 }, { type: 'gru', units: 32, returnSequences: true }, { type: 'dense', units: 56, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'perplexity'], optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 64, epochs: 3 },
}

async function write(page: Page, prompt: string): Promise<string> {
  await page.getByTestId('text-prompt').fill(prompt)
  await page.getByTestId('text-write').click()
  await expect(page.getByTestId('text-write')).toBeEnabled()
  return (await page.getByTestId('text-written').textContent()) ?? ''
}

test('text is chosen, gets a template, and trains; its card shows what surprises the model and what it writes', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-train').click()
  await page.getByTestId('dataset').selectOption('text')
  await page.getByTestId('field-sequenceLength').getByRole('textbox').fill('16')
  await page.keyboard.press('Enter')
  await page.getByTestId('field-targets').first().locator('select').selectOption('every')
  await expect(page.getByTestId('first-rows').getByRole('row').nth(1)).toHaveText(/XVIII↵↵Shall I.*VIII↵↵Shall I c/)
  await expect(page.getByTestId('file-path')).toContainText('the shipped sonnets')
  await expect(page.getByTestId('data-preview')).toContainText('Targets of each class, over all positions')
  await page.getByTestId('room-build').click()
  await page.getByTestId('templates').click()
  await page.getByTestId('template-char-lstm').click()
  await page.getByTestId('room-train').click()
  await expect(page.getByTestId('metric-perplexity')).toHaveAttribute('aria-pressed', 'true')
  await page.getByTestId('field-epochs').getByRole('textbox').fill('1000')
  await page.keyboard.press('Enter')
  await page.getByTestId('train-button').click()

  // As it is while it trains.
  const card = page.getByTestId('text-card')
  await expect(card).toBeVisible()
  await expect(page.getByTestId('held-out-text').locator('.mark')).toHaveCount(192)
  const early = await write(page, 'Shall I compare ')
  expect(early).toMatch(/^Shall I compare [^]{200}$/)
  await expect(page.getByTestId('run-state')).toHaveText('training')
  await expect(page.getByTestId('chart-perplexity')).toBeAttached()

  // The same seed writes the same, another does not.
  await page.getByTestId('pause-button').click()
  await expect(page.getByTestId('run-state')).toHaveText('paused')
  const paused = await write(page, 'Shall I compare ')
  expect(await write(page, 'Shall I compare ')).toBe(paused)
  await page.getByTestId('field-seed').last().getByRole('textbox').fill('2')
  await page.keyboard.press('Enter')
  expect(await write(page, 'Shall I compare ')).not.toBe(paused)
  await page.getByTestId('text-prompt').fill('€')
  await page.getByTestId('text-write').click()
  await expect(card).toContainText('The model does not know the character “€”')
  await page.getByTestId('stop-button').click()
  await expect(page.getByTestId('run-panel')).toHaveAttribute('data-status', 'stopped')
})

test.describe('in Chinese', () => {
  test.use({
    settings: { language: 'zh-CN' },
    dataFiles: { 'workspace.json': JSON.stringify({ tabs: [{ id: 'a', text: JSON.stringify(DOCUMENT), file: null, savedText: null }], active: 'a' }) },
  })

  test('a finished run goes on writing out of its checkpoint, and a replay shows how it learned to', async ({ page }) => {
    await page.getByTestId('tour-dismiss').click()
    await page.getByTestId('room-train').click()
    await page.getByTestId('train-button').click()
    await expect(page.getByTestId('run-panel')).toHaveAttribute('data-status', 'done')
    await expect(page.getByTestId('text-card')).toContainText('它自己写出的文字')
    await expect(page.getByTestId('text-summary')).toHaveText(/^困惑度 \d+(\.\d+)? · 猜对 \d+\.\d%$/)
    const sample = page.getByTestId('text-sample')
    const written = await write(page, '')
    // Without a prompt, the same text goes on as in the picture of the last moment, which may come after the word that all is done.
    await expect.poll(async () => written.includes((await sample.textContent()) ?? '')).toBe(true)
    const last = await sample.textContent()
    await expect(page.getByTestId('text-step')).toHaveText(/^\d+ 次更新后所写$/)

    await page.getByTestId('room-runs').click()
    await page.getByTestId('runs-table').getByText('sonnets').first().click()
    await page.getByTestId('replay-runs').click()
    await page.getByTestId('replay-scrub').fill('0')
    await expect(sample).toBeVisible()
    await expect.poll(() => sample.textContent()).not.toBe(last)
  })
})
