import type { JSHandle, Page } from '@playwright/test'

/** A file of the person's as a browser hands it over when it is dragged into the window. */
export async function draggedFile(page: Page, name: string, content: Uint8Array | string): Promise<JSHandle<DataTransfer>> {
  return await page.evaluateHandle(
    ([file, bytes]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(bytes)], file))
      return transfer
    },
    [name, [...Buffer.from(content)]] as const,
  )
}
