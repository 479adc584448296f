import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { browserCommand, hasScreen } from '@main/server/open-browser'
import { temporaryDirectory } from '@test/helpers/temporary'
import { findElectron, obstacle } from '../../../bin/lib/desktop.mjs'

let root = ''
beforeEach(() => {
  root = temporaryDirectory()
  mkdirSync(join(root, 'node_modules', 'electron', 'dist'), { recursive: true })
})

describe('npm start', () => {
  it.each([
    ['a desktop of Linux', { platform: 'linux', environment: { DISPLAY: ':0' }, root: false }, null],
    ['a desktop of Wayland', { platform: 'linux', environment: { WAYLAND_DISPLAY: 'wayland-0' }, root: false }, null],
    ['Windows', { platform: 'win32', environment: {}, root: false }, null],
    ['a Mac', { platform: 'darwin', environment: {}, root: false }, null],
    ['a server', { platform: 'linux', environment: {}, root: false }, 'no display'],
    ['root', { platform: 'linux', environment: { DISPLAY: ':0' }, root: true }, 'root'],
    ['a CI machine', { platform: 'darwin', environment: { CI: 'true' }, root: false }, 'CI'],
  ])('on %s opens Electron, or the browser because of: %j', (_title, where, reason) => {
    if (reason === null) expect(obstacle(where)).toBeNull()
    else expect(obstacle(where)).toContain(reason)
  })

  it('finds Electron’s binary where Electron says that it is', () => {
    const folder = join(root, 'node_modules', 'electron')
    expect(findElectron(root, {})).toBeNull()
    writeFileSync(join(folder, 'path.txt'), 'electron-binary')
    expect(findElectron(root, {})).toBeNull()
    writeFileSync(join(folder, 'dist', 'electron-binary'), '')
    expect(findElectron(root, {})).toBe(join(folder, 'dist', 'electron-binary'))
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') })).toBeNull()
  })
})

describe('descent serve', () => {
  it.each([
    ['a desktop of Linux', 'linux', { DISPLAY: ':0' }, true],
    ['a Mac', 'darwin', {}, true],
    ['a server', 'linux', {}, false],
    ['a session from elsewhere', 'darwin', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
    ['a CI machine', 'linux', { DISPLAY: ':0', CI: '1' }, false],
    ['a machine that says it is none', 'linux', { DISPLAY: ':0', CI: 'false' }, true],
  ] as const)('on %s opens a browser or only prints the address', (_title, platform, environment, opens) => {
    expect(hasScreen(environment, platform)).toBe(opens)
  })

  it('names the address as one argument of a program, to no shell', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) expect(browserCommand('http://127.0.0.1:1/?token=x', platform).at(-1)).toBe('http://127.0.0.1:1/?token=x')
  })
})
