import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../..')
const made: string[] = []

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Path of a plain JavaScript file made of a script in this folder, for child processes; removed after the tests. */
export async function bundle(name: string): Promise<string> {
  // Inside the repository, so that the bundle finds its packages.
  const folder = mkdtempSync(join(ROOT, 'node_modules', `.${name}-`))
  made.push(folder)
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    build: { ssr: join(import.meta.dirname, `${name}.ts`), outDir: folder, emptyOutDir: false },
  })
  return join(folder, `${name}.js`)
}
