#!/usr/bin/env node
// The `descent` command. On the fast path it reads the sources' dates and imports the built program, nothing else.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { requireBuilt } from './lib/build.mjs'
import { isThisNodeEnough, refuseOldNode, requireNode, run } from './lib/node.mjs'

refuseOldNode()
const root = dirname(dirname(fileURLToPath(import.meta.url)))

if (!existsSync(join(root, 'node_modules'))) await (await import('./lib/install.mjs')).ensureInstalled(root)
await requireBuilt(root)

const program = join(root, 'out', 'main', 'cli.js')
if (isThisNodeEnough()) {
  module.enableCompileCache?.(join(root, 'node_modules', '.cache', 'descent-compile'))
  await import(pathToFileURL(program).href)
} else {
  process.exitCode = await run(requireNode(root), [program, ...process.argv.slice(2)])
}
