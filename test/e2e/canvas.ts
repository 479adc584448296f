import { expect, type Locator, type Page } from './fixture'
import { motionEnds } from './motion'

export function node(page: Page, id: string): Locator {
  return page.getByTestId(`node-${id}`)
}

export async function center(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('not on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** The panes have their sizes, and the canvas shows the sample experiment where it stays. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByText('No issues')).toBeVisible()
  await expect(node(page, 'hidden')).toBeVisible()
  await motionEnds(page)
  // Waits until it stands still.
  await node(page, 'hidden').hover({ trial: true })
}
