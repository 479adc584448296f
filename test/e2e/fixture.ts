import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { Host } from './host'

export { expect, type Locator, type Page } from '@playwright/test'

export interface HostOptions {
  /** What a person has chosen before: `{ language: 'zh-CN', theme: 'dark' }`. English and light unless given. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Files in the data directory when the host starts, by path: `files/iris.csv`. */
  readonly dataFiles: Readonly<Record<string, string | Uint8Array>>
  /** Console errors that the test is about. */
  readonly expectedErrors: readonly RegExp[]
}

export interface HostFixtures {
  /** A data directory of the test's own. */
  readonly dataDirectory: string
  /** `descent serve` on it: real SQLite, real training process. */
  readonly host: Host
  /** Another window to the same host; watched for errors as `page` is. */
  readonly openWindow: () => Promise<Page>
}

/**
 * `page` shows the window of a freshly started host. A test fails on any uncaught error of a window and on anything that a
 * window writes to the console as an error, policy violations included.
 */
export const test = base.extend<HostOptions & HostFixtures>({
  settings: [{}, { option: true }],
  dataFiles: [{}, { option: true }],
  expectedErrors: [[], { option: true }],

  dataDirectory: async ({ settings, dataFiles }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'descent-e2e-'))
    const chosen = { language: 'en', theme: 'light', ...settings }
    for (const [name, content] of Object.entries({ 'settings.json': JSON.stringify(chosen), ...dataFiles })) {
      mkdirSync(dirname(join(directory, name)), { recursive: true })
      writeFileSync(join(directory, name), content)
    }
    await use(directory)
    rmSync(directory, { recursive: true, force: true })
  },

  host: async ({ dataDirectory }, use, testInfo) => {
    const host = await Host.start(dataDirectory)
    await use(host)
    await host.stop()
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('host.log', { body: host.log() })
  },

  openWindow: async ({ context, host, expectedErrors }, use) => {
    const errors: string[] = []
    await use(async () => {
      const page = await context.newPage()
      collectErrors(page, errors)
      await page.goto(host.url)
      return page
    })
    refuseErrors(errors, expectedErrors)
  },

  page: async ({ page, host, expectedErrors }, use) => {
    const errors: string[] = []
    collectErrors(page, errors)
    await page.goto(host.url)
    await use(page)
    refuseErrors(errors, expectedErrors)
  },
})

function collectErrors(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
}

function refuseErrors(errors: readonly string[], expected: readonly RegExp[]): void {
  const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)))
  if (unexpected.length > 0) throw new Error(`The window reported errors:\n${unexpected.join('\n')}`)
}
