import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { EXAMPLE, Folder, run } from './cli-harness'

describe('descent translate', () => {
  const folder = new Folder()
  afterAll(() => folder.remove())
  const example = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as { readonly training: object }
  const documentWith = (optimizer: object): string => folder.write('optimizer.descent.json', JSON.stringify({ ...example, training: { ...example.training, optimizer } }))

  it('writes settings that move the weights alike', async () => {
    const path = documentWith({ type: 'sgd', dialect: 'keras', learningRate: 0.1 })
    const { code, output, errors } = await run(['translate', path, '--to', 'pytorch'])
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toContain('sgd, from keras to pytorch')
    expect(output).toContain('"dialect": "pytorch"')
    expect(output).toContain('exactly alike')
    expect(output).not.toContain('of the way')
  })

  it('says how far the closest settings part, to people and to programs', async () => {
    const path = documentWith({ type: 'momentum', dialect: 'keras', learningRate: 0.05, momentum: 0.9 })
    const { code, output } = await run(['translate', path, '--to', 'pytorch'])
    expect(code).toBe(0)
    expect(output).toMatch(/as long as the rate does not change/)
    expect(output).toMatch(/part by [\d.e-]+% of the way within 100 updates, and by [\d.]+% where/)
    expect(output).toMatch(/^- .*buffer/m)
    const { output: json } = await run(['translate', path, '--to', 'pytorch', '--json'])
    const found = JSON.parse(json) as { readonly apart: { readonly constantRate: number; readonly rateDropped: number } }
    expect(found).toMatchObject({ event: 'translation', from: 'keras', to: 'pytorch', kind: 'settings', exact: 'constantRate', rateFactor: 1, optimizer: { type: 'momentum', dialect: 'pytorch', learningRate: 0.05, momentum: 0.9 }, differences: [{ code: 'rateInBuffer' }], apart: { updates: 100 } })
    expect(found.apart.constantRate).toBeLessThan(1e-6)
    expect(found.apart.rateDropped).toBeGreaterThan(0.01)
  })

  it('in Chinese, too', async () => {
    const { code, output } = await run(['translate', documentWith({ type: 'adam', dialect: 'keras' }), '--to', 'textbook', '--lang', 'zh-CN'])
    expect(code).toBe(0)
    expect(output).toMatch(/等价设置|最接近/)
  })

  it('exits with 2 where the optimizer has no such dialect, or the document is none', async () => {
    const absent = await run(['translate', documentWith({ type: 'lion' }), '--to', 'pytorch'])
    expect({ code: absent.code, output: absent.output }).toEqual({ code: 2, output: '' })
    expect(absent.errors).toContain('lion has no pytorch dialect')
    const json = await run(['translate', documentWith({ type: 'lion' }), '--to', 'pytorch', '--json'])
    expect(json.code).toBe(2)
    expect(JSON.parse(json.output)).toMatchObject({ event: 'translation', kind: 'absent' })
    const bad = await run(['translate', documentWith({ type: 'adamm' }), '--to', 'keras'])
    expect(bad.code).toBe(2)
    expect(bad.errors).toMatch(/problem: training\.optimizer\.type: .*adamm/)
  })

  it.each([
    [['--to', 'tensorflow'], /keras, pytorch, textbook/],
    [[], /required option '--to <dialect>'/],
  ])('refuses %j', async (args, message) => {
    const { code, errors } = await run(['translate', EXAMPLE, ...args])
    expect(code).toBe(2)
    expect(errors).toMatch(message)
  })
})
