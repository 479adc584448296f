export interface TestReport {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** File, name and the first line of the message of each that failed. */
  readonly failures: readonly string[]
}

/** What vitest reported; a file that could not be loaded counts as one failed test. */
export function readReport(path: string): TestReport
/** As `readReport`, of what Playwright reported; a flaky test counts as failed. */
export function readEndToEndReport(path: string): TestReport
