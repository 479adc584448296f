import { expect, test } from './fixture'

test('a lesson opens its experiments together and says what to expect, until it is hidden', async ({ page }) => {
  await page.getByTestId('room-build').click()
  await page.getByTestId('learn').click()
  await page.getByTestId('lesson-vanishing-gradients').click()
  await expect(page.getByTestId('lesson-expectation')).toContainText('ln 10 = 2.30')
  for (const title of ['8 sigmoid layers', '8 relu layers, He', '8 sigmoid layers, batch norm']) await expect(page.getByText(title, { exact: true }).first()).toBeVisible()
  await page.getByTestId('room-train').click()
  await expect(page.getByTestId('lesson-card')).toBeVisible()
  await page.getByTestId('lesson-hide').click()
  await expect(page.getByTestId('lesson-card')).toHaveCount(0)
})

test('augmentations are added by form and shown on real samples, drawn anew on request', async ({ page }) => {
  await page.getByTestId('room-train').click()
  const section = page.locator('details', { has: page.locator('summary', { hasText: 'Augmentation' }) }).last()
  await section.locator('summary').click()
  await section.getByText('+ Add').click()
  await section.locator('select').first().selectOption('cutout')
  const pictures = section.getByTestId('augmented-pictures')
  await expect(pictures.locator('canvas').first()).toBeVisible()
  const pixels = (): Promise<string> => pictures.locator('canvas').first().evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  const first = await pixels()
  await section.getByTestId('augment-again').click()
  await expect.poll(pixels).not.toBe(first)
})
