import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseDataDirectory } from '@main/cli/data-directory'
import { chooseLanguage } from '@main/cli/language'

describe('data directory', () => {
  it.each([
    ['linux', {}, join('/home/ada', '.local', 'share', 'descent')],
    ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'descent')],
    ['linux', { XDG_DATA_HOME: '' }, join('/home/ada', '.local', 'share', 'descent')],
    ['darwin', {}, join('/home/ada', 'Library', 'Application Support', 'descent')],
    ['win32', { APPDATA: '/roaming' }, join('/roaming', 'descent')],
    ['win32', {}, join('/home/ada', 'AppData', 'Roaming', 'descent')],
    ['linux', { DESCENT_DATA_DIR: '/runs', XDG_DATA_HOME: '/data' }, '/runs'],
  ] as const)('on %s with %j', (platform, environment, expected) => {
    expect(chooseDataDirectory(undefined, environment, platform, '/home/ada')).toBe(resolve(expected))
  })

  it('is what the option says, from the working directory', () => {
    expect(chooseDataDirectory('runs', { DESCENT_DATA_DIR: '/elsewhere' }, 'linux', '/home/ada')).toBe(resolve('runs'))
  })
})

describe('language', () => {
  it.each([
    [['run', 'a.json', '--lang', 'zh-CN'], {}, 'zh-CN'],
    [['--lang=zh-CN', 'runs'], {}, 'zh-CN'],
    [['--lang=en'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [[], { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [[], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
    [[], { LC_MESSAGES: 'zh', LANG: 'en_US.UTF-8' }, 'zh-CN'],
    [[], { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [[], { LANG: 'zha_CN' }, 'en'],
    [[], { LANG: 'fr_FR.UTF-8' }, 'en'],
    [[], {}, 'en'],
    [['--lang'], {}, 'en'],
  ] as const)('of %j with %j', (args, environment, expected) => {
    expect(chooseLanguage(args, environment)).toBe(expected)
  })
})
