import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Arch, build, Platform } from 'electron-builder'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '@test/helpers/core'
import { sharedDirectory } from '@test/helpers/temporary'
import config from '../../../electron-builder.config'

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly unpacked?: boolean
}

/** Names in an archive with whether they lie beside it: the header is JSON after four 32-bit lengths. */
function filesOf(archive: string): ReadonlyMap<string, boolean> {
  const bytes = readFileSync(archive)
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry
  const found = new Map<string, boolean>()
  const visit = (entry: Entry, path: string): void => {
    if (entry.files === undefined) found.set(path, entry.unpacked === true)
    else for (const [name, child] of Object.entries(entry.files)) visit(child, path === '' ? name : `${path}/${name}`)
  }
  visit(header, '')
  return found
}

/**
 * Packs the program as `npm run package` does, over a folder that stands for Electron's own files: what comes of the
 * program itself does not depend on these.
 */
describe('the desktop package', () => {
  const folder = sharedDirectory()
  const electronDist = join(folder, 'electron')

  beforeAll(() => {
    mkdirSync(join(electronDist, 'resources'), { recursive: true })
    mkdirSync(join(electronDist, 'locales'))
    for (const name of ['electron', 'electron.exe', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) writeFileSync(join(electronDist, name), '')
    chmodSync(join(electronDist, 'electron'), 0o755)
  })

  /** Packs for a platform; the folder of its resources. */
  async function packed(platform: Platform, arch: Arch, name: string): Promise<string> {
    await build({
      projectDir: ROOT,
      targets: platform.createTarget('dir', arch),
      publish: 'never',
      config: {
        // It is changed while it is read.
        ...structuredClone(config),
        electronDist,
        // These edit Electron's own binary.
        electronFuses: undefined,
        disableAsarIntegrity: true,
        win: { ...structuredClone(config.win), signAndEditExecutable: false },
        directories: { ...config.directories, output: join(folder, 'dist') },
      },
    })
    return join(folder, 'dist', name, 'resources')
  }

  const native = (files: ReadonlyMap<string, boolean>): readonly string[] => [...files.keys()].filter((name) => /\.(node|dll|dylib)$|\.so(\.|$)/.test(name)).sort()

  it('for Linux holds what it needs and no more, and trains from nothing else', async () => {
    const resources = await packed(Platform.LINUX, Arch.x64, 'linux-unpacked')
    const files = filesOf(join(resources, 'app.asar'))
    expect(native(files)).toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    ])
    const names = [...files.keys()]
    expect(new Set(names.map((name) => (name.startsWith('node_modules/') ? name.split('/', 2).join('/') : name.split('/')[0])))).toEqual(
      new Set(['package.json', 'out', 'resources', 'node_modules/better-sqlite3', 'node_modules/onnxruntime-node', 'node_modules/onnxruntime-common']),
    )
    expect(names).toEqual(expect.arrayContaining(['out/main/main.js', 'out/main/training.js', 'out/main/worker.js', 'out/main/preview.js', 'out/preload/preload.cjs', 'out/renderer/index.html', 'resources/data/digits.csv', 'resources/icons/icon.png']))
    expect(names.filter((name) => /\.(map|gz|ts|md)$|\/bench\/|\.sources/.test(name) && !name.startsWith('resources/'))).toEqual([])
    // Only the page and the preload script, which Electron itself reads, stay in the archive.
    expect(names.filter((name) => !files.get(name)).filter((name) => !/^out\/(renderer|preload)\//.test(name))).toEqual([])

    const program = join(resources, 'app.asar.unpacked')
    expect(existsSync(join(program, 'resources', 'icons', 'icon.png'))).toBe(true)
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(program, 'out/main/cli.js'), 'run', join(program, 'resources/examples/digits-mlp.descent.json'), '--set', 'training.epochs=1', '--json', '--data-dir', join(folder, 'data')],
      { cwd: folder },
    )
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ event: 'done', status: 'done' })
  })

  it('for Windows and ARM holds the binaries of these only', async () => {
    expect(native(filesOf(join(await packed(Platform.WINDOWS, Arch.x64, 'win-unpacked'), 'app.asar')))).toEqual([
      'node_modules/better-sqlite3/prebuilds/win32-x64.node',
      ...['DirectML.dll', 'dxcompiler.dll', 'dxil.dll', 'onnxruntime.dll', 'onnxruntime_binding.node'].map((name) => `node_modules/onnxruntime-node/bin/napi-v6/win32/x64/${name}`),
    ])
    expect(native(filesOf(join(await packed(Platform.LINUX, Arch.arm64, 'linux-arm64-unpacked'), 'app.asar')))).toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-arm64.node',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node',
    ])
  })

  it('names icons that exist and the documents that it opens', () => {
    for (const { icon } of [config.linux, config.win, config.mac]) expect(existsSync(join(ROOT, icon))).toBe(true)
    expect(config.fileAssociations).toMatchObject([{ ext: 'descent.json' }])
    expect(config).toMatchObject({ asar: true, npmRebuild: false, electronFuses: { runAsNode: true, enableNodeOptionsEnvironmentVariable: false, onlyLoadAppFromAsar: true } })
  })
})
