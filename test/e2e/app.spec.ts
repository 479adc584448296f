import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from './fixture'

const ROOMS = ['build', 'train', 'runs', 'compare', 'replay', 'lab', 'devices'] as const

async function dismissTour(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  await expect(page.getByTestId('tour')).toBeHidden()
}

async function enter(page: Page, room: (typeof ROOMS)[number]): Promise<void> {
  await page.getByTestId(`room-${room}`).click()
  await expect(page.getByTestId(`room-${room}`)).toHaveAttribute('aria-current', 'page')
  await page.waitForLoadState('networkidle')
}

/** One finished run marked for comparison and replay, so that no room is empty. */
async function trainOnce(page: Page): Promise<void> {
  await page.getByTestId('train-button').click()
  await enter(page, 'runs')
  await expect(page.getByTestId('runs-table').getByText(/^(done|完成)$/)).toBeVisible()
  await page.getByTestId('runs-table').getByText('digits-mlp').first().click()
  await page.getByTestId('replay-runs').click()
  await enter(page, 'runs')
  await page.getByTestId('compare-runs').click()
}

/** Elements that stick out of the window or of a box that hides what overflows. */
async function clipped(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page is wider than the window')
    for (const element of document.querySelectorAll('button, label, h1, h2, h3, th, .pane-head')) {
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden, .el-table-v2, .vue-flow, [aria-hidden=true]') !== null) continue
      const scrolls = (node: Element | null): boolean => node !== null && (/auto|scroll/.test(getComputedStyle(node).overflow) || scrolls(node.parentElement))
      if (box.right > window.innerWidth + 1 && !scrolls(element.parentElement)) found.push(`${element.tagName} ${element.textContent?.trim().slice(0, 40) ?? ''}`)
    }
    return found
  })
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'zh-CN'] as const) {
    test.describe(`${theme}, ${language}`, () => {
      test.use({ settings: { theme, language } })

      test('no room has a serious accessibility violation, an untranslated text, or clips at 1024×700', async ({ page }) => {
        // Six rooms, in each of which axe looks at every element.
        test.slow()
        await dismissTour(page)
        await trainOnce(page)
        for (const room of ROOMS) {
          await page.setViewportSize({ width: 1440, height: 900 })
          await enter(page, room)
          const { violations } = await new AxeBuilder({ page }).analyze()
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
          expect(serious.map(({ id, nodes }) => `${room}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)).toEqual([])
          // Names of metrics, `train.loss`, look as keys of texts do.
          const text = await page.locator('#app').innerText()
          expect(text.match(/\b(?!train\.(?:loss|accuracy)\b)(?:frame|build|form|train|runs|compare|replay|devices|lab|commands|tour|exports)\.[a-z]\w+\b/g) ?? []).toEqual([])
          await page.setViewportSize({ width: 1024, height: 700 })
          expect(await clipped(page), room).toEqual([])
        }
      })
    })
  }
}

test('the tour, once dismissed, stays away after a reload', async ({ page }) => {
  await dismissTour(page)
  await page.reload()
  await expect(page.getByTestId('train-button')).toBeVisible()
  await expect(page.getByTestId('tour')).toBeHidden()
})

test('the palette finds a command by words and runs it', async ({ page }) => {
  await expect(page.getByTestId('train-button')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByTestId('palette').getByRole('combobox').fill('go runs')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('room-runs')).toHaveAttribute('aria-current', 'page')
})

test('the language changes everywhere at once and is remembered', async ({ page }) => {
  await page.getByTestId('language').click()
  await expect(page.getByTestId('room-build')).toContainText('搭建')
  await page.reload()
  await expect(page.getByTestId('room-build')).toContainText('搭建')
})
