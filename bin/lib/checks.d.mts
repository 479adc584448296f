export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What vitest reported; a file that could not be loaded counts as one failed test. */
export function readReport(path: string): TestCounts
/** As `readReport`, of what Playwright reported; a flaky test counts as failed. */
export function readEndToEndReport(path: string): TestCounts
