import { expect, type Page } from './fixture'

/** Goes to a room and waits until it is drawn: its view is loaded when it is first entered. */
export async function enter(page: Page, room: string): Promise<void> {
  await page.getByTestId(`room-${room}`).click()
  await expect(page.getByTestId(`room-${room}`)).toHaveAttribute('aria-current', 'page')
  await expect(page.locator('#room > :not(h1)').first()).toBeVisible()
}
