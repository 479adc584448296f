import { defineConfig } from '@playwright/test'
import { findChromium } from './test/e2e/chromium'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './test/e2e/setup.ts',
  // A test that passes at the second try is broken.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  // Limits only end what hangs: a busy machine fails no test.
  timeout: 900_000,
  expect: { timeout: 300_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    // What is not there is not waited for until the test's end.
    actionTimeout: 300_000,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium() ?? undefined, args: ['--no-sandbox', '--force-color-profile=srgb', '--font-render-hinting=none'] },
  },
})
