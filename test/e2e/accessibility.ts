import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from './fixture'
import { motionEnds } from './motion'

/**
 * Serious violations that axe finds where nothing moves, each with its element: of the page, or of what a selector names.
 * To be polled: a notice that begins to fade while axe looks has not its contrast, what lasts is found again.
 */
export async function seriousViolations(page: Page, within?: string): Promise<string[]> {
  await motionEnds(page)
  const builder = new AxeBuilder({ page })
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze()
  return (
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) => `${id}: ${target.join(' ')}: ${html.slice(0, 160)} ${failureSummary ?? ''}`))
      // The list of a field with choices is scrolled by the field's own keys.
      .filter((text) => !/scrollable-region-focusable: .*el-select-dropdown__wrap/.test(text))
  )
}

export async function expectAccessible(page: Page, within: string): Promise<void> {
  await expect.poll(() => seriousViolations(page, within)).toEqual([])
}
