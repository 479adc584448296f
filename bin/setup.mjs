// Behind `npm start`, `npm test`, `npm run bench`, `npm run screenshots`, `npm run package` and `npm run setup:…`: installs and builds what is missing or stale, then runs the command.
// Plain JavaScript without packages: on a fresh clone this is all there is.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireBuilt } from './lib/build.mjs'
import { chooseWindow } from './lib/desktop.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { refuseOldNode, requireNode, run } from './lib/node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What Electron ends with where it cannot even begin: no sandbox, a missing library. */
const ELECTRON_FAILED_SECONDS = 5

/**
 * Opens the workbench: in Electron's window where that can run, else in the browser. `npm start -- --browser` asks for the
 * browser; other arguments are those of `descent serve`, or documents to open.
 */
async function start(args) {
  await requireBuilt(root)
  const options = args.filter((arg) => arg !== '--browser')
  const { electron, reason } = args.includes('--browser') ? { electron: null, reason: 'as asked' } : await chooseWindow(root)
  if (electron === null) return serve(options, reason)
  console.log('Opening Descent in Electron. (npm start -- --browser opens it in the browser.)')
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const began = performance.now()
  const code = await run(electron, [root, ...options], { cwd: root, env })
  const failed = code !== 0 && performance.now() - began < ELECTRON_FAILED_SECONDS * 1000
  return failed ? serve(options, `Electron ended with ${code}`) : code
}

async function serve(options, reason) {
  console.log(`Opening Descent in the browser (${reason}).`)
  return run(requireNode(root), [join(root, 'bin', 'descent.mjs'), 'serve', ...options], { cwd: root })
}

/** Packages of the desktop program for this platform, into dist/. */
async function packaged(args) {
  // Only what this build makes is packed.
  rmSync(join(root, 'out'), { recursive: true, force: true })
  await requireBuilt(root)
  return run(requireNode(root), [join(root, 'node_modules', 'electron-builder', 'cli.js'), '--config', 'electron-builder.config.ts', ...args], { cwd: root })
}

async function test(args) {
  const { runChecks } = await import('./lib/checks.mjs')
  return runChecks(root, args)
}

/** `npm run bench -- throughput …` runs bench/throughput.ts. */
async function bench([name, ...args]) {
  if (name === undefined) {
    console.error('Name the bench: npm run bench -- throughput')
    return 2
  }
  await requireBuilt(root)
  return run(requireNode(root), [join(root, 'out', 'main', 'bench', `${name}.js`), ...args], { cwd: root })
}

/** Pictures of every room into screenshots/. */
async function screenshots() {
  await requireBuilt(root)
  return run(requireNode(root), [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', 'playwright.screenshots.config.ts'], { cwd: root })
}

async function engine(name) {
  const { setupCuda, setupTensorflow } = await import('./lib/engines.mjs')
  return name === 'cuda' ? setupCuda(root) : setupTensorflow(root)
}

const commands = { start, test, bench, screenshots, package: packaged, 'setup-cuda': () => engine('cuda'), 'setup-tensorflow-gpu': () => engine('tensorflow') }

refuseOldNode()
const [name, ...args] = process.argv.slice(2)
const command = commands[name]
if (command === undefined) {
  console.error(`Usage: node bin/setup.mjs ${Object.keys(commands).join('|')}`)
  process.exit(2)
}
await ensureInstalled(root)
process.exitCode = await command(args)
