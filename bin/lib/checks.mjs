// `npm test`: types, lint, every test; one closing line for people and machines.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { requireNode, run } from './node.mjs'
import { readEndToEndReport, readReport } from './reports.mjs'

/** Runs a script quietly; prints what it said only where it fails. Resolves to whether it passed. */
function check(root, title, script, args) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(requireNode(root), [join(root, 'node_modules', ...script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      console.log(`${title}: ${code === 0 ? 'passed' : 'FAILED'} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
      if (code !== 0) process.stdout.write(said)
      resolve(code === 0)
    })
  })
}

/** Paths of a Chromium for the end-to-end tests, as test/e2e/chromium.ts finds it; Playwright's own is asked for there. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The end-to-end tests. Without a browser they are skipped with a loud word; not so where CI is set, since then nobody would
 * read it.
 */
async function runEndToEnd(root) {
  const there = [process.env.DESCENT_CHROMIUM, ...CHROMIUM].some((path) => path !== undefined && existsSync(path))
  if (!there && !process.env.CI && !hasPlaywrightBrowser()) {
    console.log('NO END-TO-END TEST WAS RUN: there is no Chromium. Install it (Debian: apt-get install chromium), or name one in DESCENT_CHROMIUM.')
    return { passed: 0, failed: 0, skipped: 1, failures: [] }
  }
  const report = join(root, 'test-results', 'e2e.json')
  rmSync(report, { force: true })
  const code = await run(requireNode(root), [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test'], { cwd: root })
  const tests = readEndToEndReport(report)
  return code !== 0 && tests.failed === 0 ? { ...tests, failed: 1, failures: ['Playwright, outside any test: what it said is above'] } : tests
}

/** Whether Playwright has downloaded a browser of its own. */
function hasPlaywrightBrowser() {
  const { PLAYWRIGHT_BROWSERS_PATH, LOCALAPPDATA = '' } = process.env
  const places = { linux: join(homedir(), '.cache'), darwin: join(homedir(), 'Library', 'Caches'), win32: LOCALAPPDATA }
  const folder = PLAYWRIGHT_BROWSERS_PATH ?? join(places[process.platform] ?? homedir(), 'ms-playwright')
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('chromium'))
}

/** Every check, or with arguments only vitest with them (`npm test -- test/unit/graph`). Resolves to the exit code. */
export async function runChecks(root, args) {
  const quick = args.length > 0
  const statics = quick
    ? []
    : await Promise.all([
        check(root, 'types', ['typescript', 'bin', 'tsc'], ['--noEmit']),
        check(root, 'types of the renderer', ['vue-tsc', 'bin', 'vue-tsc.js'], ['--noEmit', '--project', 'src-renderer']),
        check(root, 'types of the end-to-end tests', ['typescript', 'bin', 'tsc'], ['--noEmit', '--project', 'test/e2e']),
        check(root, 'lint', ['eslint', 'bin', 'eslint.js'], ['.', '--max-warnings', '0']),
      ])

  let built = true
  try {
    await ensureBuilt(root)
  } catch (error) {
    console.log(error.message)
    built = false
  }

  // Without a build, what starts the built programs would fail as a whole and take the other tests along.
  const only = built ? [] : ['--project', 'parts']

  const folder = join(root, 'test-results')
  const report = join(folder, 'vitest.json')
  mkdirSync(folder, { recursive: true })
  rmSync(report, { force: true })
  const code = await run(
    requireNode(root),
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only, ...args],
    { cwd: root },
  )

  const quickly = readReport(report)
  const through = quick || !built ? { passed: 0, failed: 0, skipped: 0, failures: [] } : await runEndToEnd(root)
  const tests = { passed: quickly.passed + through.passed, failed: quickly.failed + through.failed, skipped: quickly.skipped + through.skipped }
  const others = [...statics, built]
  // Vitest also fails for what no test owns: an unhandled error, a global set-up that throws, a report never written.
  const unowned = code !== 0 && quickly.failed === 0 ? 1 : 0
  const passed = tests.passed + others.filter((ok) => ok).length
  const failed = tests.failed + unowned + others.filter((ok) => !ok).length
  // The last lines are what a reader of a long log sees.
  for (const failure of [...quickly.failures, ...through.failures]) console.log(`FAILED ${failure}`)
  if (unowned > 0) console.log('FAILED vitest, outside any test: what it said is above')
  if (tests.skipped > 0) console.log(`${tests.skipped} skipped`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
