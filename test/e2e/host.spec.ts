import { expect, test } from './fixture'

test('the window opens, connects, and the token leaves the address', async ({ page, host }) => {
  await expect(page).toHaveTitle('Descent')
  await expect(page.locator('#app > *').first()).toBeVisible()
  expect(page.url()).toBe(`${host.origin}/`)
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(await page.evaluate(() => document.cookie)).toBe('')
})
