import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { version_core } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { listDevices } from '@main/engines/tfjs/devices'
import { sharedDirectory } from '@test/helpers/temporary'
import { TENSORFLOW } from '../../../../bin/lib/engines.mjs'
import manifest from '../../../../package.json'
import { NATIVE_ENVIRONMENT } from '@main/engines/native-environment'
import { issue } from '@shared/spec/issue'
import { loadFirst, loadNative } from '@main/engines/tfjs/native'

const root = sharedDirectory()

function installed(name: string, source: string): void {
  mkdirSync(join(root, 'node_modules', name), { recursive: true })
  writeFileSync(join(root, 'node_modules', name, 'index.js'), source)
}

const require = createRequire(join(root, 'index.js'))

describe('loading the native library', () => {
  test('says that no package is installed', () => {
    expect(loadFirst(require, ['none-gpu', 'none'])).toEqual({ ok: false, reasons: [issue('engine-package-missing', [], { package: 'none-gpu' }), issue('engine-package-missing', [], { package: 'none' })] })
  })

  test('says why a package that is there does not load', () => {
    installed('broken', 'throw new Error("libcudart.so.11.0: cannot open\\n  shared object file")')
    installed('incomplete', 'require("a-part-that-is-missing")')
    expect(loadFirst(require, ['broken'])).toEqual({ ok: false, reasons: [issue('engine-package-broken', [], { package: 'broken', reason: 'libcudart.so.11.0: cannot open shared object file' })] })
    expect(loadFirst(require, ['incomplete'])).toMatchObject({ ok: false, reasons: [{ args: { reason: expect.stringContaining("Cannot find module 'a-part-that-is-missing'") as string } }] })
  })

  test('goes on to the next package, and tells whether a GPU is used', () => {
    const library = (gpu: boolean): string => `module.exports = { version: { 'tfjs-node': '4.22.0' }, backend: () => ({ isUsingGpuDevice: ${gpu} }) }`
    installed('with-gpu', library(true))
    installed('without-gpu', library(false))
    expect(loadFirst(require, ['broken', 'with-gpu'])).toEqual({ ok: true, package: 'with-gpu', version: '4.22.0', gpu: true })
    expect(loadFirst(require, ['without-gpu', 'with-gpu'])).toEqual({ ok: true, package: 'without-gpu', version: '4.22.0', gpu: false })
  })

  test('puts back what Node 23 took out of util, and the environment, before the package runs', () => {
    installed('curious', `
      const util = require('util')
      const seen = [util.isNullOrUndefined(null), util.isNullOrUndefined(undefined), util.isNullOrUndefined(0), util.isArray([]), util.isArray({}), process.env.TF_DETERMINISTIC_OPS]
      module.exports = { version: { 'tfjs-node': seen.join() }, backend: () => ({}) }
    `)
    expect(loadFirst(require, ['curious'])).toMatchObject({ version: 'true,true,false,true,false,1' })
    expect(NATIVE_ENVIRONMENT).toMatchObject({ TF_DETERMINISTIC_OPS: '1' })
  })
})

test('the command that would enable the library exists, and is of the release that the engine is written for', () => {
  expect(manifest.scripts['setup:tensorflow-gpu']).toBe('node bin/setup.mjs setup-tensorflow-gpu')
  expect(TENSORFLOW).toBe(`@tensorflow/tfjs-node-gpu@${version_core}`)
})

test('devices report themselves, each with its self-test run', async () => {
  const native = loadNative()
  const [tensorflow, cpu] = await listDevices(() => true)
  expect(cpu).toMatchObject({ id: 'tfjs-cpu', available: true, reasons: [], enable: null })
  expect(tensorflow).toMatchObject(native.ok
    ? { id: 'tfjs-tensorflow', available: true, reasons: [], version: `${native.package} ${native.version}` }
    : { id: 'tfjs-tensorflow', available: false, reasons: native.reasons, enable: 'npm run setup:tensorflow-gpu' })
})
