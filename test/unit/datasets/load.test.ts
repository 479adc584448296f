import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { datasetSchema } from '@shared/catalog/datasets'
import type { RawData } from '@shared/data/types'
import { dataIssues } from '@shared/locales/issues/data'
import { hashData } from '@main/core/datasets/hash'
import { orRefuse } from '@main/core/datasets/files'
import { need } from '@shared/spec'
import { Folder } from './helpers'

const folder = new Folder()

describe('content hash', () => {
  const raw: RawData = {
    rows: 2,
    features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'x', values: Uint8Array.of(1, 2) }, { kind: 'category', name: 'c', codes: Int32Array.of(0, 1), categories: ['a', 'b'] }] },
    targets: { kind: 'class', labels: Int32Array.of(0, 1), classNames: ['n', 'm'] },
  }
  const dense: RawData = { ...raw, features: { kind: 'dense', shape: [2], data: Float32Array.of(1, 2, 3, 4) } }

  it('depends on every value, name and label, and on nothing else', () => {
    const others: RawData[] = [
      dense,
      { ...raw, testFrom: 1 },
      { ...raw, features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'x', values: Uint8Array.of(1, 3) }, { kind: 'category', name: 'c', codes: Int32Array.of(0, 1), categories: ['a', 'b'] }] } },
      { ...raw, features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'z', values: Uint8Array.of(1, 2) }, { kind: 'category', name: 'c', codes: Int32Array.of(0, 1), categories: ['a', 'b'] }] } },
      { ...raw, features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'x', values: Uint8Array.of(1, 2) }, { kind: 'category', name: 'c', codes: Int32Array.of(0, 1), categories: ['a', 'd'] }] } },
      { ...raw, targets: { kind: 'class', labels: Int32Array.of(1, 1), classNames: ['n', 'm'] } },
      { ...raw, targets: { kind: 'class', labels: Int32Array.of(0, 1), classNames: ['n', 'o'] } },
      { ...dense, features: { kind: 'dense', shape: [1, 2], data: Float32Array.of(1, 2, 3, 4) } },
      { ...dense, features: { kind: 'dense', shape: [2], data: Float32Array.of(1, 2, 3, 5) } },
    ]
    expect(new Set([raw, ...others].map(hashData)).size).toBe(others.length + 1)
    expect(hashData({ ...raw, origin: { files: [{ name: 'elsewhere.csv', from: 0 }] } })).toBe(hashData(raw))
  })

  it('a view of a larger buffer hashes as its own values', () => {
    const view = Float32Array.of(9, 1, 2, 3, 4, 9).subarray(1, 5)
    expect(hashData({ ...dense, features: { kind: 'dense', shape: [2], data: view } })).toBe(hashData(dense))
  })

  it('the same file at another path is the same data', async () => {
    const text = 'x,y\n1,n\n2,m\n3,n\n4,m\n'
    const load = async (name: string): Promise<string> => need(await folder.load({ type: 'csv', path: folder.write(name, text), target: 'y', split: { validation: 0 } })).contentHash
    expect(await load('a.csv')).toBe(await load('b.csv'))
  })
})

describe('missing values', () => {
  const rows = 'x,c,y\n1,a,1.5\n,b,2.5\n3,a,3.5\n5,,4.5\n9,b,5.5\n'
  const load = async (missing: string): Promise<number[][]> => {
    const { train } = need(await folder.load({ type: 'csv', path: folder.write('gaps.csv', rows), target: 'y', split: { validation: 0, shuffle: false }, preprocess: { features: 'none', missing } }))
    return Array.from({ length: train.rows }, (_, row) => [...train.features.subarray(row * 3, row * 3 + 3)])
  }

  it('mean and median of the training rows fill numbers; a missing category is all zeros', async () => {
    expect(await load('mean')).toEqual([[1, 1, 0], [4.5, 0, 1], [3, 1, 0], [5, 0, 0], [9, 0, 1]])
    expect(await load('median')).toEqual([[1, 1, 0], [4, 0, 1], [3, 1, 0], [5, 0, 0], [9, 0, 1]])
  })

  it('drop leaves such rows out', async () => {
    expect(await load('drop')).toEqual([[1, 1, 0], [3, 1, 0], [9, 0, 1]])
  })
})

it('what the system refuses becomes an issue, what is a bug does not', async () => {
  const fail = (code: string): Promise<never> => orRefuse(Promise.reject(Object.assign(new Error(code), { code })), 'x.csv', '/x.csv', ['dataset', 'path'])
  await expect(fail('EACCES')).rejects.toMatchObject({ issues: [{ code: 'data-file-unreadable', args: { file: 'x.csv', reason: 'EACCES' } }] })
  await expect(fail('ENOENT')).rejects.toMatchObject({ issues: [{ code: 'data-file-missing' }] })
  await expect(fail('ERR_ASSERTION')).rejects.toThrow('ERR_ASSERTION')
})

it('messages of both languages have the same placeholders', () => {
  for (const [code, message] of Object.entries(dataIssues)) {
    const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    expect(names(message['zh-CN']), code).toEqual(names(message.en))
  }
})

it('the schema exports as JSON Schema, with notes and defaults', () => {
  const schema = JSON.stringify(z.toJSONSchema(datasetSchema, { io: 'input' }))
  expect(schema).toContain('"const":"synthetic-digits"')
  expect(schema).toContain('"x-zh-CN"')
  expect(schema).toContain('"default":0.2')
})
