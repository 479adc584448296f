import { areas } from '@renderer/locales'
import { seriousViolations } from './accessibility'
import { expect, test, type Page } from './fixture'
import { WALKS } from './views'

/** Keys of texts, as they would show where a text is missing. */
const KEYS = new RegExp(`\\b(?!train\\.(?:loss|accuracy)\\b)(?:${Object.keys(areas).join('|')})\\.[a-z]\\w+\\b`, 'g')

async function dismissTour(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  await expect(page.getByTestId('tour')).toBeHidden()
}

/** Elements that stick out of the window or of a box that hides what overflows. */
async function clipped(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page is wider than the window')
    if (document.documentElement.scrollHeight > window.innerHeight) found.push('the page is higher than the window')
    // Columns and panes scroll up and down alone.
    for (const pane of document.querySelectorAll('.pane-body, .column-body')) {
      if (pane.scrollWidth <= pane.clientWidth + 1) continue
      const end = pane.getBoundingClientRect().left + pane.clientWidth + 1
      const kept = (each: Element): boolean => each.parentElement !== null && each.parentElement !== pane && (getComputedStyle(each.parentElement).overflowX !== 'visible' || kept(each.parentElement))
      const widest = [...pane.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > end && !kept(each)).map(({ tagName, className }) => `${tagName}.${String(className)}`)
      found.push(`${pane.className} scrolls sideways: ${widest.join(', ').slice(0, 200)}`)
    }
    // A number and its unit have room for both: what stands next to them must not be touched.
    for (const control of document.querySelectorAll('.number-control')) {
      if (control.checkVisibility({ contentVisibilityAuto: true }) && control.scrollWidth > control.clientWidth + 1) found.push(`a number sticks out of ${control.closest('.field')?.getAttribute('data-testid') ?? 'its place'}`)
    }
    for (const element of document.querySelectorAll('button, label, h1, h2, h3, th, .pane-head')) {
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden, .el-table-v2, .vue-flow, [aria-hidden=true]') !== null) continue
      const scrolls = (node: Element | null): boolean => node !== null && (/auto|scroll/.test(getComputedStyle(node).overflow) || scrolls(node.parentElement))
      if (box.right > window.innerWidth + 1 && !scrolls(element.parentElement)) found.push(`${element.tagName} ${element.textContent?.trim().slice(0, 40) ?? ''}`)
    }
    return found
  })
}

const softly = expect.configure({ soft: true, timeout: 90_000 })

/** What any view must be: usable by everybody, in one language, whole at the smallest size. */
async function examine(page: Page, view: string): Promise<void> {
  await softly.poll(() => seriousViolations(page), `accessibility of ${view}`).toEqual([])
  // Names of metrics, `train.loss`, look as keys of texts do.
  const text = await page.locator('body').innerText()
  softly(text.match(KEYS) ?? [], `texts of ${view}`).toEqual([])
  await page.setViewportSize({ width: 1024, height: 700 })
  // Panes and formulas find their sizes after the window has its own.
  await softly.poll(() => clipped(page), `what is clipped in ${view}`).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
}

for (const [theme, language] of [
  ['light', 'en'],
  ['dark', 'zh-CN'],
] as const) {
  test.describe(`${theme}, ${language}: no serious accessibility violation, no untranslated text, nothing clipped at 1024×700`, () => {
    for (const { title, first, dataFiles = {}, go } of WALKS) {
      test.describe(title, () => {
        test.use({ settings: { theme, language, ...(first ? {} : { 'tour.step': 9 }) }, dataFiles })
        test('in every view', async ({ page }) => {
          // Axe looks at every element of every view.
          test.slow()
          await go(page, (view) => examine(page, view))
        })
      })
    }
  })
}

test('the tour, once dismissed, stays away after a reload', async ({ page }) => {
  await dismissTour(page)
  await page.reload()
  await expect(page.getByTestId('train-button')).toBeVisible()
  await expect(page.getByTestId('tour')).toBeHidden()
})

test('the tour follows who goes on alone, and is silent in rooms that it is not about', async ({ page }) => {
  const tour = page.getByTestId('tour')
  await expect(tour).toContainText('1 of 4')
  await page.getByTestId('room-lab').click()
  await expect(tour).toBeHidden()
  await page.getByTestId('room-build').click()
  await expect(tour).toContainText('1 of 4')
  await page.getByTestId('train-button').click()
  await expect(tour).toContainText('2 of 4')
  await page.getByTestId('tour-next').click()
  await expect(page.getByTestId('room-runs')).toHaveAttribute('aria-current', 'page')
  await expect(tour).toContainText('3 of 4')
})

test('the title bar chooses the device of the experiment, and says what cannot be had', async ({ page }) => {
  await dismissTour(page)
  await expect(page.getByTestId('device-menu')).toContainText('automatic')
  await page.getByTestId('device-menu').click()
  await page.getByTestId('device-tfjs-cpu').click()
  await expect(page.getByTestId('device-menu')).toContainText('tfjs-cpu')
  await page.getByTestId('undo').click()
  await expect(page.getByTestId('device-menu')).toContainText('automatic')
  await page.getByTestId('device-menu').click()
  await page.getByTestId('device-all').click()
  await expect(page.getByTestId('room-devices')).toHaveAttribute('aria-current', 'page')
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

test('with no experiment left, every room leads to a new one', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByRole('button', { name: 'Close digits-mlp' }).click()
  await page.getByRole('main').getByRole('button', { name: 'New experiment' }).click()
  await expect(page.getByText('Drag a layer here')).toBeVisible()
  await page.getByRole('button', { name: 'Close New experiment' }).click()
  await page.getByTestId('room-train').click()
  await page.getByTestId('new-experiment').click()
  await expect(page.getByTestId('room-build')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByText('Drag a layer here')).toBeVisible()
})

test('a closed experiment comes back where it stood, with what can be undone in it', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.keyboard.press('Alt+n')
  await expect(page.getByText('Drag a layer here')).toBeVisible()
  await page.getByTestId('palette-dense').click()
  await expect(page.getByText('Drag a layer here')).toBeHidden()
  await page.getByTestId('experiment-tab').first().click()
  await page.getByRole('button', { name: 'Close New experiment' }).click()
  await expect(page.getByTestId('experiment-tab')).toHaveCount(1)
  await page.getByTestId('closed-experiment').getByTestId('take-back').click()
  await expect(page.getByTestId('experiment-tab')).toHaveText(['digits-mlp', 'New experiment'])
  await expect(page.getByTestId('closed-experiment')).toBeHidden()
  await page.getByTestId('undo').click()
  await expect(page.getByText('Drag a layer here')).toBeVisible()

  // By keys, also when the notice is gone; a reload keeps what came back.
  await page.keyboard.press('Alt+w')
  await expect(page.getByTestId('experiment-tab')).toHaveText(['digits-mlp'])
  await page.keyboard.press('Alt+Shift+w')
  await expect(page.getByTestId('experiment-tab')).toHaveText(['digits-mlp', 'New experiment'])
})

test('the keys for opening and saving work in every room, and the browser’s own never', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-runs').click()
  const saved = page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  expect((await saved).suggestedFilename()).toBe('digits-mlp.descent.json')
  const chosen = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await (await chosen).setFiles('resources/examples/digits-cnn.descent.json')
  await expect(page.getByTestId('experiment-tab')).toHaveText(['digits-mlp', 'digits-cnn'])
  await expect(page.getByTestId('room-build')).toHaveAttribute('aria-current', 'page')
  // Nothing trains that could be paused: the page is not printed.
  await page.evaluate(() => window.addEventListener('keydown', (event) => (document.title = `${event.key} ${String(event.defaultPrevented)}`)))
  await page.keyboard.press('Control+p')
  await expect(page).toHaveTitle('p true')
})

test('what was changed right before a reload is kept', async ({ page }) => {
  await expect(page.getByTestId('experiment-tab')).toHaveText(['digits-mlp'])
  await page.getByTestId('new-experiment').evaluate((button: HTMLElement) => {
    button.click()
    location.reload()
  })
  await expect(page.getByTestId('experiment-tab')).toHaveText(['digits-mlp', 'New experiment'])
})

test.describe('on an Apple keyboard', () => {
  test('hints name its keys', async ({ context, openWindow }) => {
    await context.addInitScript(() => Object.defineProperty(navigator, 'platform', { value: 'MacIntel' }))
    const page = await openWindow()
    await expect(page.getByTestId('train-button')).toHaveAttribute('title', /⌘Enter/)
    await expect(page.getByTestId('undo')).toHaveAttribute('title', /⌘Z/)
  })
})

test.describe('many experiments', () => {
  const tabs = Array.from({ length: 20 }, (_, at) => ({ id: `tab${String(at)}`, text: JSON.stringify({ format: 1, name: at === 1 ? 'long '.repeat(40).trim() : `experiment ${String(at)}` }), file: null, savedText: null }))
  test.use({ settings: { 'tour.step': 9 }, dataFiles: { 'workspace.json': JSON.stringify({ tabs, active: 'tab0' }) }, viewport: { width: 1024, height: 700 } })

  test('are all listed, and the wheel goes along their tabs', async ({ page }) => {
    const last = page.getByTestId('experiment-tab').last()
    await expect(last).not.toBeInViewport()
    await page.getByTestId('experiment-tab').first().hover()
    await page.mouse.wheel(0, 10_000)
    await expect(last).toBeInViewport()
    await page.getByTestId('all-experiments').click()
    await page.getByRole('menuitem', { name: 'experiment 7' }).click()
    await expect(page.getByTestId('experiment-tab').nth(7)).toHaveAttribute('aria-current', 'true')
    await expect(page.getByTestId('experiment-tab').nth(7)).toBeInViewport()
  })

  test('and the open one stays in sight in a window that shrinks', async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 })
    const open = page.getByTestId('experiment-tab').nth(3)
    await open.click()
    await expect(open).toBeInViewport({ ratio: 1 })
    await page.setViewportSize({ width: 700, height: 700 })
    await expect(open).toBeInViewport({ ratio: 1 })
    await expect(page.getByTestId('experiment-tab').first()).not.toBeInViewport({ ratio: 1 })
  })
})
