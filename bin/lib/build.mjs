// Keeps out/ equal to the sources.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { requireNode, run } from './node.mjs'

const SOURCES = ['src-main', 'src-shared', 'src-renderer', 'bench', 'electron.vite.config.ts', 'tsconfig.json', 'package-lock.json']

function* filesOf(path) {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) return
  if (!status.isDirectory()) {
    yield `${path} ${status.size} ${status.mtimeMs}`
    return
  }
  for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name))
}

/** Changes whenever a source is added, removed, renamed or written. */
function fingerprint(root) {
  const hash = createHash('sha256')
  for (const source of SOURCES) for (const line of filesOf(join(root, source))) hash.update(line)
  return hash.digest('hex')
}

function isFresh(root, print) {
  try {
    return readFileSync(join(root, 'out', '.sources'), 'utf8') === print
  } catch {
    return false
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Holds the only right to build; a lock left by a process that died is taken over. */
async function withLock(root, action) {
  const lock = join(root, 'node_modules', '.cache', 'descent-build.lock')
  mkdirSync(join(lock, '..'), { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
    if (owner > 0 && !isRunning(owner)) rmSync(lock, { force: true })
    else await sleep(100)
  }
  try {
    return await action()
  } finally {
    rmSync(lock, { force: true })
  }
}

async function build(root) {
  const print = fingerprint(root)
  if (isFresh(root, print)) return
  console.error('Building …')
  const script = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const code = await run(requireNode(root), [script, 'build', '--logLevel', 'warn'], { cwd: root })
  if (code !== 0) throw new Error(`The build failed (electron-vite ended with ${code}).`)
  removeOld(join(root, 'out', 'main', 'chunks'))
  writeFileSync(join(root, 'out', '.sources'), print)
}

const DAY_MILLISECONDS = 86_400_000

/** Chunks of earlier builds, kept for a day for the sake of programs that still run from them. */
function removeOld(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > DAY_MILLISECONDS) rmSync(path)
  }
}

/** Builds out/ where the sources have changed since; throws where that fails. A packaged program has no sources: nothing to do. */
export async function ensureBuilt(root) {
  if (!existsSync(join(root, 'electron.vite.config.ts'))) return
  if (isFresh(root, fingerprint(root))) return
  await withLock(root, () => build(root))
}

/** As {@link ensureBuilt}; ends the process where the build fails, whose messages stand above. */
export async function requireBuilt(root) {
  try {
    await ensureBuilt(root)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
