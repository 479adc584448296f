import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '@test/helpers/temporary'
import { readEndToEndReport, readReport } from '../../../bin/lib/reports.mjs'

const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] }

let root = ''
beforeEach(() => {
  root = temporaryDirectory()
})

function reported(report: object): string {
  const path = join(root, 'report.json')
  writeFileSync(path, JSON.stringify(report))
  return path
}

describe('what vitest reported', () => {
  it('names what failed, a file that could not be loaded among it', () => {
    const path = reported({
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [
        { name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'adds up', failureMessages: ['\u001B[31mexpected 1\u001B[39m\n\n    got 2\n  at line 7'] }] },
        { name: 'b.test.ts', status: 'failed', message: 'no such module\nmore', assertionResults: [] },
        { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'is right' }] },
      ],
    })
    expect(readReport(path)).toEqual({ passed: 3, failed: 2, skipped: 2, failures: ['a.test.ts: adds up: expected 1 ⏎ got 2', 'b.test.ts: no such module ⏎ more'] })
  })

  it('is nothing where there is no report', () => {
    expect(readReport(join(root, 'absent.json'))).toEqual(NOTHING)
  })
})

describe('what Playwright reported', () => {
  it('names what failed, and counts tests that passed at a second try among it', () => {
    const failed = { status: 'unexpected', results: [{ errors: [{ message: 'not visible\nmore' }, { message: 'nor there' }] }] }
    const flaky = { status: 'flaky', results: [{ errors: [{ message: 'too late' }] }, {}] }
    const path = reported({
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 },
      suites: [
        {
          specs: [{ file: 'a.spec.ts', title: 'opens', tests: [failed] }],
          suites: [{ title: 'doors', specs: [{ file: 'a.spec.ts', title: 'closes', tests: [flaky, { status: 'expected', results: [{}] }] }] }],
        },
      ],
    })
    expect(readEndToEndReport(path)).toEqual({ passed: 5, failed: 2, skipped: 3, failures: ['a.spec.ts: opens: not visible ⏎ more ⏎ nor there', 'a.spec.ts: doors › closes: too late'] })
  })

  it('is nothing where there is no report', () => {
    expect(readEndToEndReport(join(root, 'absent.json'))).toEqual(NOTHING)
  })
})
