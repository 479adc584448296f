import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { sharedDirectory } from '@test/helpers/temporary'
import { ROOT } from './cli-harness'

/** A built copy that lacks ONNX Runtime, as on a machine for which it has no library. */
const copy = sharedDirectory()
const example = join(copy, 'resources/examples/digits-mlp.descent.json')

function descent(...args: readonly string[]) {
  const env = { ...process.env, LC_ALL: 'en_US.UTF-8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, 'out/main/cli.js'), ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

beforeAll(() => {
  cpSync(join(ROOT, 'out/main'), join(copy, 'out/main'), { recursive: true })
  cpSync(join(ROOT, 'resources'), join(copy, 'resources'), { recursive: true })
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('onnxruntime') && !name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name), 'junction')
  }
})

describe('without ONNX Runtime', () => {
  it('devices says so, and the reference still trains', () => {
    const { status, stdout } = descent('devices')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^onnx-cpu +not available .*\n +.*onnxruntime-node/)
    expect(stdout).toMatch(/^tfjs-cpu +available/m)
  })

  it('"auto" trains on what there is, says why, and the run records it', () => {
    const { status, stdout } = descent('run', example, '--set', 'training.epochs=1', '--data-dir', join(copy, 'runs'), '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout.slice(0, stdout.indexOf('\n')))).toMatchObject({
      event: 'prepared',
      device: 'tfjs-cpu',
      choice: { device: 'tfjs-cpu', how: 'fallback', leftOut: { 'onnx-cpu': [{ code: 'engine-package-broken', message: expect.stringContaining('onnxruntime-node') as string }] } },
    })
    expect(JSON.parse(descent('show', 'last', '--json', '--data-dir', join(copy, 'runs')).stdout)).toMatchObject({ environment: { engine: 'tfjs', device: 'tfjs-cpu' } })
  })

  it('a document that insists is refused with the reason', () => {
    const { status, stderr } = descent('run', example, '--engine', 'onnx-cpu', '--data-dir', join(copy, 'other'))
    expect(status).toBe(2)
    expect(stderr).toMatch(/^problem: engine\.preference: .*onnx-cpu.*tfjs-cpu.*\nproblem: engine\.preference: onnxruntime-node does not load/)
  })
})
