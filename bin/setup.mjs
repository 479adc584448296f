// Behind `npm start`, `npm test` and `npm run bench`: installs and builds what is missing or stale, then runs the command.
// Plain JavaScript without packages: on a fresh clone this is all there is.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { refuseOldNode, requireNode, run } from './lib/node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Trains the sample experiment in the terminal. */
async function start() {
  await requireBuilt(root)
  const example = join('resources', 'examples', 'digits-mlp.descent.json')
  const code = await run(requireNode(root), [join(root, 'bin', 'descent.mjs'), 'run', example], { cwd: root })
  if (code !== 0) return code
  console.log(
    [
      '',
      'Next:',
      '  npm run -s descent -- show last',
      '  npm run -s descent -- export last --format onnx --out digits.onnx',
      `  npm run -s descent -- run ${example} --set training.optimizer.learningRate=0.01`,
      '  npm run -s descent -- runs',
      '  npm run -s descent -- --help',
    ].join('\n'),
  )
  return 0
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

const commands = { start, test, bench, screenshots }

refuseOldNode()
const [name, ...args] = process.argv.slice(2)
const command = commands[name]
if (command === undefined) {
  console.error(`Usage: node bin/setup.mjs ${Object.keys(commands).join('|')}`)
  process.exit(2)
}
await ensureInstalled(root)
process.exitCode = await command(args)
