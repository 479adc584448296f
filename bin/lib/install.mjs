// Keeps node_modules equal to package-lock.json.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './node.mjs'

/** Packages of a lock file by their folder, or null where it cannot be read. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * Whether node_modules holds what the lock file asks for. npm writes what it installed to a lock file of its own, last of
 * all: an interrupted installation has none. Optional packages may be absent (other platforms).
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === null || installed === null) return false
  return Object.entries(wanted).every(([folder, { version, optional, peer }]) => {
    if (folder === '') return true
    const there = installed[folder]
    return there === undefined ? optional === true || peer === true : there.version === version
  })
}

/** npm beside the running Node: the one that started us, else the one on the PATH. */
export function npm() {
  const script = process.env.npm_execpath
  if (script !== undefined && script.endsWith('npm-cli.js') && existsSync(script)) return [process.execPath, [script]]
  const beside = join(dirname(process.execPath), process.platform === 'win32' ? 'npm.cmd' : 'npm')
  return [existsSync(beside) ? beside : 'npm', []]
}

/** Installs the packages where they are missing or older than the lock file. No install script runs: none is needed. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return
  console.error('Installing packages (once, about 700 MB) …')
  const [command, args] = npm()
  // Errors only: the packages name the Node they run under, which npm compares with the one that installs them.
  const code = await run(command, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell: process.platform === 'win32' && command.endsWith('.cmd'),
  })
  if (code !== 0) {
    console.error(`Installing the packages failed (npm ended with ${code}): check the connection to the npm registry.`)
    process.exit(1)
  }
}
