import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '@test/helpers/core'
import { temporaryDirectory } from '@test/helpers/temporary'

/** What a build needs of the repository. */
const PARTS = ['src-main', 'src-shared', 'src-renderer', 'resources', 'package.json', 'tsconfig.json', 'electron.vite.config.ts', 'bin']

it('takes one file and one line, as docs/adding-an-optimizer.md says, and then trains', () => {
  const copy = temporaryDirectory()
  for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const folder = join(copy, 'src-shared', 'catalog', 'optimizers')
  writeFileSync(join(folder, 'sign-sgd.ts'), codeOfThePage())
  addLine(join(folder, 'index.ts'))

  const node = process.execPath
  execFileSync(node, [join(copy, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'], { cwd: copy, stdio: 'pipe' })
  const cli = join(copy, 'out', 'main', 'cli.js')
  const schema = execFileSync(node, [cli, 'schema'], { cwd: copy, encoding: 'utf8' })
  expect(schema).toContain('"signSgd"')

  const data = join(copy, 'data')
  mkdirSync(data)
  const example = join(copy, 'resources', 'examples', 'digits-mlp.descent.json')
  const output = execFileSync(node, [cli, 'run', example, '--json', '--data-dir', data, '--set', 'training.optimizer="signSgd"', '--set', 'training.epochs=5'], { cwd: copy, encoding: 'utf8' })
  const done = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { readonly event: string; readonly final: Readonly<Record<string, number>> }
  expect(done.event).toBe('done')
  expect(done.final['val.accuracy']).toBeGreaterThan(0.8)
})

function codeOfThePage(): string {
  const page = readFileSync(join(ROOT, 'docs', 'adding-an-optimizer.md'), 'utf8')
  const [, code] = /```ts\n([\s\S]*?)```/.exec(page) ?? []
  if (code === undefined) throw new Error('the page has no code')
  return code
}

/** The import and the entry of the array: the list's one line in two places that an editor makes of it. */
function addLine(index: string): void {
  const before = readFileSync(index, 'utf8')
  const after = `import { signSgd } from './sign-sgd'\n${before.replace(/(export const optimizers: readonly OptimizerDefinition\[\] = \[)/, '$1signSgd, ')}`
  expect(after).toContain('= [signSgd, ')
  writeFileSync(index, after)
}
