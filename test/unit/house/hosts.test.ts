import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

// Put together here, so that this file does not find itself.
const registries = new RegExp(['npmjs', 'yarnpkg', 'npmmirror'].map((name) => `registry\\.${name}`).concat('deb\\.debian').join('|'))
const machine = new RegExp(`(?<![\\w./])/(${['work', 'opt', 'home', 'root'].join('|')})/[a-z]`)

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(ts|vue|js|mjs|py|sh|json|md|html|css)$|^\.(npmrc|ci\/run)$/.test(file))

function filesWith(pattern: RegExp, among: readonly string[]): readonly string[] {
  return among.filter((file) => {
    try {
      return pattern.test(readFileSync(join(root, file), 'utf8'))
    } catch {
      // Removed, but not yet from the index.
      return false
    }
  })
}

it('both are found where they stand', () => {
  expect(registries.test(`https://${['registry', 'npmjs', 'org'].join('.')}/zod`)).toBe(true)
  expect(machine.test(`python ${['', 'opt', 'peers'].join('/')}`)).toBe(true)
  expect(machine.test('src-shared/work/a, https://example.org/home/a')).toBe(false)
})

it('no file names the host of a registry: whatever npm is set to use serves', () => {
  expect(files).toContain('package-lock.json')
  expect(filesWith(registries, files)).toEqual([])
  expect(filesWith(/"resolved": "http/, ['package-lock.json'])).toEqual([])
})

it('no program, script or document names a folder of one machine', () => {
  // Tests of paths may well invent some.
  expect(filesWith(machine, files.filter((file) => !file.startsWith('test/') || file.endsWith('.py')))).toEqual([])
})
