import { expect, test, type Page } from './fixture'

const sigmoid = { type: 'dense', units: 32, activation: 'sigmoid' }
/** Six sigmoids in a row, and plain SGD: the first ones get no gradient. */
const deep = {
  format: 1,
  name: 'deep',
  seed: 3,
  dataset: { type: 'digits', shape: 'flat' },
  model: { nodes: [...Array.from({ length: 6 }, () => sigmoid), { type: 'dense', units: 10, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize: 32, epochs: 12, diagnostics: { everySteps: 20 } },
}

const opened = { 'workspace.json': JSON.stringify({ tabs: [{ id: 'deep', text: JSON.stringify(deep), file: null, savedText: null }], active: 'deep' }) }

async function train(page: Page): Promise<void> {
  await page.getByTestId('room-train').click()
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('run-panel')).toHaveAttribute('data-status', 'done')
}

test.describe('a finding and its remedy', () => {
  test.use({ dataFiles: opened })

  test('a deep sigmoid network learns nothing, is told why, and one click opens what cures it', async ({ page }, testInfo) => {
    await page.getByTestId('tour-dismiss').click()
    await train(page)
    const finding = page.getByTestId('finding-vanishingGradients')
    await expect(finding).toContainText(/The gradient of dense1 is \S+ of that of dense7/)
    await expect(page.getByTestId('layer-table').locator('tbody tr')).toHaveCount(7)
    // The gradients of the first layer are far below those of the last.
    const gradients = await page.getByTestId('layer-table').locator('tbody tr td:nth-child(2) .number').allTextContents()
    expect(gradients.length).toBe(7)
    await page.getByTestId('layer-dense3').click()
    await expect(page.getByTestId('histogram-gradients')).toContainText('dense3')
    await finding.getByText('Why it matters').click()
    await expect(finding).toContainText('Glorot & Bengio')
    await page.getByTestId('diagnostics').scrollIntoViewIfNeeded()
    await page.screenshot({ path: testInfo.outputPath('finding.png') })

    await finding.getByTestId('remedy').first().click()
    await expect(page.getByTestId('experiment-tab')).toHaveCount(2)
    await expect(page.getByTestId('experiment-tab').last()).toContainText('deep – ReLU and He initialization in 6 layers')
    await train(page)
    await expect(page.getByTestId('finding-vanishingGradients')).toHaveCount(0)
    await expect(page.getByTestId('result-sentence')).toHaveText(/^9\d\.\d% on/)

    // The first run keeps what was found, wherever it is looked at.
    await page.getByTestId('room-runs').click()
    await page.getByTestId('runs-table').getByRole('button', { name: 'deep', exact: true }).click()
    await expect(page.getByTestId('finding-vanishingGradients')).toBeVisible()
    await page.screenshot({ path: testInfo.outputPath('runs.png') })
  })
})

test.describe('in Chinese, dark and narrow', () => {
  test.use({ dataFiles: opened, settings: { language: 'zh-CN', theme: 'dark' }, viewport: { width: 1024, height: 700 } })

  test('the same is told in its language', async ({ page }, testInfo) => {
    await page.getByTestId('tour-dismiss').click()
    await train(page)
    await expect(page.getByTestId('finding-vanishingGradients')).toContainText('靠前的层几乎不学习')
    await page.getByTestId('diagnostics').scrollIntoViewIfNeeded()
    await page.screenshot({ path: testInfo.outputPath('finding-zh.png') })
  })
})
