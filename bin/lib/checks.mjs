// `npm test`: types, lint, every test; one closing line for people and machines.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { requireNode, run } from './node.mjs'

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

/** What vitest reported; a file that could not be loaded counts as one failed test. */
export function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'))
    const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

/** Every check, or with arguments only vitest with them (`npm test -- test/unit/graph`). Resolves to the exit code. */
export async function runChecks(root, args) {
  const quick = args.length > 0
  const statics = quick
    ? []
    : await Promise.all([
        check(root, 'types', ['typescript', 'bin', 'tsc'], ['--noEmit']),
        check(root, 'types of the renderer', ['vue-tsc', 'bin', 'vue-tsc.js'], ['--noEmit', '--project', 'src-renderer']),
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

  const tests = readReport(report)
  const others = [...statics, built]
  // Vitest also fails for what no test owns: an unhandled error, a global set-up that throws, a report never written.
  const unowned = code !== 0 && tests.failed === 0 ? 1 : 0
  const passed = tests.passed + others.filter((ok) => ok).length
  const failed = tests.failed + unowned + others.filter((ok) => !ok).length
  if (tests.skipped > 0) console.log(`${tests.skipped} skipped`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
