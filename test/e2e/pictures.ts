import { test } from './fixture'

const ROOMS = ['build', 'train', 'runs', 'compare', 'replay', 'devices'] as const
const SIZES = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'small', width: 1024, height: 700 },
] as const

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'zh-CN'] as const) {
    test.describe(`${theme} ${language}`, () => {
      test.use({ settings: { theme, language, 'tour.step': 9 } })

      test('pictures of every room', async ({ page }) => {
        for (let run = 1; run <= 2; run++) {
          await page.getByTestId('train-button').click()
          await page.getByTestId('room-runs').click()
          await page.getByTestId('runs-count').getByText(new RegExp(`${run}`)).first().waitFor()
          await page.getByTestId('runs-table').getByText(/^(done|完成)$/).nth(run - 1).waitFor()
        }
        await page.getByTestId('runs-table').getByRole('checkbox').first().check({ force: true })
        await page.getByTestId('replay-runs').click()
        await page.getByTestId('room-runs').click()
        await page.getByTestId('compare-runs').click()
        for (const room of ROOMS) {
          await page.getByTestId(`room-${room}`).click()
          for (const { name, width, height } of SIZES) {
            await page.setViewportSize({ width, height })
            // Charts draw a frame after their box has its size.
            await page.waitForTimeout(700)
            await page.screenshot({ path: `screenshots/${room}-${theme}-${language}-${name}.png` })
          }
        }
      })
    })
  }
}
