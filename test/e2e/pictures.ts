import { test } from './fixture'
import { WALKS } from './views'

/** Every view, in every state that looks different, light and dark, in both languages, at both sizes: into screenshots/. */
const SIZES = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'small', width: 1024, height: 700 },
] as const

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'zh-CN'] as const) {
    test.describe(`${theme} ${language}`, () => {
      for (const { title, first, dataFiles = {}, go } of WALKS) {
        test.describe(title, () => {
          test.use({ settings: { theme, language, ...(first ? {} : { 'tour.step': 9 }) }, dataFiles })
          test('pictures', async ({ page }) => {
            await go(page, async (view) => {
              for (const { name, width, height } of SIZES) {
                await page.setViewportSize({ width, height })
                // Charts draw a frame after their box has its size.
                await page.waitForTimeout(500)
                await page.screenshot({ path: `screenshots/${view}-${theme}-${language}-${name}.png`, animations: 'disabled' })
              }
              await page.setViewportSize(SIZES[0])
            })
          })
        })
      }
    })
  }
}
