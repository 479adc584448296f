// What the test runners wrote: how many tests passed, failed and were skipped, and which failed, in words for the last lines of a log.
import { readFileSync } from 'node:fs'

const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] }

const MESSAGE_LENGTH = 600

/** The beginning of a message in one line, without the colors of a terminal and where it was thrown. */
function inOneLine(message = '') {
  const lines = message.replaceAll(/\u001B\[[\d;]*m/g, '').split('\n')
  const said = lines.filter((line) => line.trim() !== '' && !/^\s+at /.test(line)).map((line) => line.trim())
  return said.join(' ⏎ ').slice(0, MESSAGE_LENGTH)
}

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
        ...tests.filter(({ status }) => status === 'failed').map((test) => `${test.file}: ${test.fullName}: ${inOneLine(test.failureMessages?.[0])}`),
        ...broken.map((file) => `${file.name}: ${inOneLine(file.message)}`),
      ],
    }
  } catch {
    return NOTHING
  }
}

/** Every specification of a Playwright suite and of those in it, titled with theirs; a file's own suite is titled as the file. */
function specificationsOf(suite, titles = []) {
  const own = (suite.specs ?? []).map((specification) => ({ ...specification, title: [...titles, specification.title].join(' › ') }))
  return [...own, ...(suite.suites ?? []).flatMap((inner) => specificationsOf(inner, [...titles, inner.title]))]
}

/** As `readReport`, of what Playwright reported; a flaky test counts as failed. */
export function readEndToEndReport(path) {
  try {
    const { stats, suites = [] } = JSON.parse(readFileSync(path, 'utf8'))
    const failed = suites.flatMap((suite) => specificationsOf(suite)).flatMap((specification) =>
      specification.tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map((test) => `${specification.file}: ${specification.title}: ${inOneLine(test.results.flatMap(({ errors = [] }) => errors).map(({ message }) => message).join('\n'))}`),
    )
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, failures: failed }
  } catch {
    return NOTHING
  }
}
