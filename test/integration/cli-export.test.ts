import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, Folder, run } from './cli-harness'

describe('descent export', () => {
  const folder = new Folder()
  const data = ['--data-dir', folder.at('runs')]
  beforeAll(async () => {
    await run(['run', EXAMPLE, '--set', 'training.epochs=1', ...data])
  })
  afterAll(() => folder.remove())

  it('writes a model that ONNX Runtime loads', async () => {
    const path = folder.at('digits.onnx')
    const { code, output } = await run(['export', 'last', '--format', 'onnx', '--out', path, ...data])
    expect(code).toBe(0)
    expect(output).toContain(path)
    const session = await InferenceSession.create(path)
    expect(session.inputNames).toHaveLength(1)
    await session.release()
  })

  it('names the file after the run where no name is given, and tells programs', async () => {
    const { code, output } = await run(['export', 'last', '--format', 'safetensors', '--json', ...data], { cwd: folder.path })
    expect(code).toBe(0)
    const { path, bytes } = JSON.parse(output) as { path: string; bytes: number }
    expect(path).toMatch(/digits-mlp-\d{8}-\d{4}-\w+\.safetensors$/)
    expect(readFileSync(path)).toHaveLength(bytes)
  })

  it('puts the file into a folder under its own name', async () => {
    const into = folder.at('导出 folder')
    mkdirSync(into)
    const { code, output } = await run(['export', 'last', '--format', 'safetensors', '--out', into, ...data])
    expect(code).toBe(0)
    const [name] = readdirSync(into)
    expect(name).toMatch(/^digits-mlp-.*\.safetensors$/)
    expect(output).toContain(join(into, name))
  })

  it('replaces a file only when told to', async () => {
    const path = folder.at('mine.onnx')
    writeFileSync(path, 'mine')
    const args = ['export', 'last', '--format', 'onnx', '--out', path, ...data]
    const refused = await run(args)
    expect(refused).toMatchObject({ code: 2, output: '' })
    expect(refused.errors).toContain('--force')
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect((await run([...args, '--force'])).code).toBe(0)
    expect(readFileSync(path).length).toBeGreaterThan(1000)
  })

  it.each([
    [['last', '--format', 'frob', '--out', 'a.frob'], /no export format "frob".*onnx/],
    [['nothing', '--format', 'onnx', '--out', 'b.onnx'], /There is no run nothing/],
    [['last', '--format', 'onnx', '--out', 'absent/c.onnx'], /cannot be written/],
    [['last', '--out', 'd.onnx'], /--format/],
  ])('%j is refused and leaves no file', async (args, words) => {
    const before = readdirSync(folder.path)
    const { code, errors } = await run(['export', ...args, ...data], { cwd: folder.path })
    expect(code).toBe(2)
    expect(errors).toMatch(words)
    expect(readdirSync(folder.path)).toEqual(before)
  })

  it('has nothing to export where nothing was ever run', async () => {
    const { code } = await run(['export', 'last', '--format', 'onnx', '--data-dir', folder.at('none')])
    expect(code).toBe(2)
    expect(existsSync(folder.at('none'))).toBe(false)
  })
})
