// Which window `npm start` opens: Electron's where that can run, else the browser's.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireNode, run } from './node.mjs'

const DAY_MILLISECONDS = 86_400_000

/** Path of Electron's binary; null where it was never fetched. */
export function findElectron(root, environment = process.env) {
  const folder = join(root, 'node_modules', 'electron')
  const name = existsSync(join(folder, 'path.txt')) ? readFileSync(join(folder, 'path.txt'), 'utf8') : 'electron'
  const path = join(environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name)
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : null
}

/** Why a window of Electron cannot open here, whatever is installed; null where nothing is in its way. */
export function obstacle({ platform, environment, root }) {
  if (environment.CI) return 'this is a CI machine'
  if (platform !== 'linux') return null
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'there is no display'
  if (root) return 'Electron does not run as root'
  return null
}

/**
 * Has Electron fetch its binary (about 110 MB), once a day at most: without a network, every start would wait for that.
 * Resolves to whether it is there now.
 */
async function fetchElectron(root) {
  const mark = join(root, 'node_modules', '.cache', 'descent-electron-fetch')
  const tried = statSync(mark, { throwIfNoEntry: false })
  if (tried !== undefined && Date.now() - tried.mtimeMs < DAY_MILLISECONDS) return false
  console.log('Fetching Electron …')
  mkdirSync(join(mark, '..'), { recursive: true })
  writeFileSync(mark, '')
  const code = await run(requireNode(root), [join(root, 'node_modules', 'electron', 'install.js')], { cwd: root, stdio: ['ignore', 'inherit', 'ignore'] })
  if (code !== 0) return false
  rmSync(mark, { force: true })
  return findElectron(root) !== null
}

/** Electron's binary, fetched if need be; or the reason why it is to be the browser. */
export async function chooseWindow(root) {
  const reason = obstacle({ platform: process.platform, environment: process.env, root: process.geteuid?.() === 0 })
  if (reason !== null) return { electron: null, reason }
  const electron = findElectron(root) ?? ((await fetchElectron(root)) ? findElectron(root) : null)
  return electron === null ? { electron, reason: 'Electron’s binary is not installed and could not be fetched' } : { electron, reason: null }
}
