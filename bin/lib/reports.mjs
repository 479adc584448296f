// What the test runners wrote: how many tests passed, failed and were skipped, and which failed, in words for the last lines of a log.
import { readFileSync } from 'node:fs'

const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] }

/** The first line of a message, without the colors of a terminal. */
const firstLine = (message = '') => message.replaceAll(/\u001B\[[\d;]*m/g, '').split('\n')[0]

/** What vitest reported; a file that could not be loaded counts as one failed test. */
export function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'))
    const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })))
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: [
        ...tests.filter(({ status }) => status === 'failed').map((test) => `${test.file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`),
        ...broken.map((file) => `${file.name}: ${firstLine(file.message)}`),
      ],
    }
  } catch {
    return NOTHING
  }
}

/** Every specification of a Playwright suite and of those in it. */
const specificationsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specificationsOf)]

/** As `readReport`, of what Playwright reported; a flaky test counts as failed. */
export function readEndToEndReport(path) {
  try {
    const { stats, suites = [] } = JSON.parse(readFileSync(path, 'utf8'))
    const failed = suites.flatMap(specificationsOf).flatMap((specification) =>
      specification.tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map((test) => `${specification.file}: ${specification.title}: ${firstLine(test.results.find(({ error }) => error !== undefined)?.error.message)}`),
    )
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, failures: failed }
  } catch {
    return NOTHING
  }
}
