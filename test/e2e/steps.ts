import type { Page } from './fixture'

/** How many updates the run in the Train room has made, as it says. */
export async function stepOf(page: Page): Promise<number> {
  const text = (await page.getByTestId('step').textContent()) ?? ''
  return Number(text.split('/')[0].replace(/\D/g, ''))
}
