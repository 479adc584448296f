import { expect, test } from './fixture'

test('the debug panel lists where the operators of the open experiment run', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-devices').click()
  const panel = page.getByTestId('placements')
  await expect(page.getByTestId('device-cards')).toContainText('onnx-cpu')
  await panel.locator('summary').click()
  await panel.getByTestId('placements-device').selectOption('onnx-cpu')
  await panel.getByTestId('placements-look').click()
  await expect(panel.getByTestId('placements-summary')).toHaveText(/^onnx-cpu: 0 of \d+ nodes run on the CPU instead\.$/)
  await expect(panel.getByRole('row')).not.toHaveCount(1)
  await expect(panel.getByRole('cell', { name: 'FusedGemm', exact: true })).toBeVisible()
  await panel.getByTestId('placements-device').selectOption('tfjs-cpu')
  await panel.getByTestId('placements-look').click()
  await expect(panel.getByTestId('placements-summary')).toContainText('tfjs-cpu')
})

test('what a run will need of memory stands beside its batch size, before it trains', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-train').click()
  const estimate = page.getByTestId('memory-estimate')
  await expect(estimate).toHaveText(/^needs about \d+\sMB of memory$/)
})

test.describe('in Chinese', () => {
  test.use({ settings: { language: 'zh-CN', 'tour.step': 9 } })

  test('devices say what they are and why they cannot be used', async ({ page }) => {
    await page.getByTestId('room-devices').click()
    const cards = page.getByTestId('device-cards').locator('article')
    await expect(cards.filter({ hasText: 'tfjs-cpu' })).toContainText('纯 JavaScript')
    const reasons = await page.getByTestId('device-cards').locator('.reason').allTextContents()
    expect(reasons.filter((reason) => !/[\u4e00-\u9fff]/.test(reason))).toEqual([])
    await expect(page.getByText('运行环境：浏览器')).toBeVisible()
    await page.getByTestId('device-menu').click()
    await expect(page.getByTestId('device-tfjs-cpu')).toContainText('纯 JavaScript')
  })
})
