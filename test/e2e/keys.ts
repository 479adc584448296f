import { expect, type Locator, type Page } from './fixture'

/** Presses Tab until an element has the focus: what can be done with the keyboard must be reachable by it. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < most; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reachable with the Tab key: ${String(target)}`)
}

/** Presses the arrow of a list that has the focus until it has a value. Letters choose, too, but only those that follow each other quickly. */
export async function arrowTo(page: Page, list: Locator, value: string, most = 40): Promise<void> {
  for (let presses = 0; presses < most && (await list.inputValue()) !== value; presses++) await page.keyboard.press('ArrowDown')
  await expect(list).toHaveValue(value)
}

/** Where the Tab key stopped, and what keeps a person from seeing or understanding it. */
export interface Stop {
  readonly name: string
  readonly lacks: readonly string[]
}

/** The element with the focus; null where nothing has it. */
export async function readStop(page: Page): Promise<Stop | null> {
  return await page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return null
    const isRing = (style: CSSStyleDeclaration): boolean => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || /\b2px\b.*inset|inset.*\b2px\b/.test(style.boxShadow)
    // What is drawn for it may stand beside or around the element itself.
    const drawn: Element[] = element.nextElementSibling === null ? [element] : [element, element.nextElementSibling]
    for (let around = element.parentElement, level = 0; around !== null && level < 4; around = around.parentElement, level++) drawn.push(around)
    const shown = drawn.some((each) => each.getBoundingClientRect().width > 0 && isRing(getComputedStyle(each)))
    const box = (element.getBoundingClientRect().width > 0 ? element : (element.parentElement ?? element)).getBoundingClientRect()
    const inside = box.right > 0 && box.bottom > 0 && box.left < window.innerWidth && box.top < window.innerHeight
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent ?? '').join(' ') : ''
    const name = [element.getAttribute('aria-label'), labels, element.textContent, element.getAttribute('title'), element.getAttribute('placeholder')].map((text) => (text ?? '').trim()).find((text) => text !== '') ?? ''
    const lacks = [...(shown ? [] : ['a visible focus']), ...(inside ? [] : ['a place in the window']), ...(name === '' ? ['a name'] : [])]
    return { name: `${element.tagName} ${element.dataset.testid ?? element.className} ${name.slice(0, 40)}`, lacks }
  })
}
