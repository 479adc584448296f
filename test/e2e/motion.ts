import type { Page } from './fixture'

/** Waits until what moves has come to rest, but for what moves for ever, as a progress bar does. */
export async function motionEnds(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}
