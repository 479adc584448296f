import { type Locator, type Page } from './fixture'

/** A notice that goes by itself, once it is there: pointed at from its first frame on, it stays for as long as somebody needs to read it. */
export async function heldNotice(page: Page, selector: string): Promise<Locator> {
  await page.waitForFunction((wanted) => document.querySelector(wanted)?.dispatchEvent(new MouseEvent('mouseenter')), selector)
  return page.locator(selector)
}
