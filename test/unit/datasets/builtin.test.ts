import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { datasetReaders } from '@main/core/datasets'
import { datasetDefinitions, datasetSchema } from '@shared/catalog/datasets'
import { need } from '@shared/spec'
import { Folder } from './helpers'

const folder = new Folder()

describe('digits', () => {
  it('1,797 images of 64 bytes, scaled by 1/16, split in proportion', async () => {
    const data = need(await folder.load({ type: 'digits' }))
    expect(data.sampleShape).toEqual([64])
    expect(data.target).toMatchObject({ kind: 'class', classes: 10, classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] })
    expect([data.train.rows, data.validation?.rows, data.test]).toEqual([1438, 359, null])
    expect(data.train.features).toHaveLength(1438 * 64)
    const sorted = [...new Set(data.train.features)].sort((a, b) => a - b)
    expect(sorted).toEqual(Array.from({ length: 17 }, (_, value) => value / 16))
    expect(data.preprocessing).toEqual({ kind: 'dense', shape: [64], shift: [0], scale: [1 / 16] })
  })

  it('as images of one channel, with the same pixels', async () => {
    const flat = need(await folder.load({ type: 'digits' }))
    const image = need(await folder.load({ type: 'digits', shape: 'image' }))
    expect(image.sampleShape).toEqual([1, 8, 8])
    expect(image.train.features).toEqual(flat.train.features)
  })

  it('what the preview shows', async () => {
    const summary = need(await folder.preview({ type: 'digits' }))
    expect(summary).toMatchObject({
      rows: 1797,
      parts: { train: 1438, validation: 359, test: 0 },
      features: [{ name: 'values', kind: 'numeric', min: 0, max: 16, missing: 0 }],
      classCounts: [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
    })
    expect(summary.firstRows[0]).toEqual(['0', '0', '5', '13', '9', '1', '0', '0', '…', '0'])
    expect(summary.contentHash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('iris', () => {
  it('four standardized columns, three species, stratified', async () => {
    const data = need(await folder.load({ type: 'iris' }))
    expect(data.sampleShape).toEqual([4])
    expect(data.target).toMatchObject({ classNames: ['setosa', 'versicolor', 'virginica'] })
    expect([data.train.rows, data.validation?.rows]).toEqual([120, 30])
    for (const part of [data.train, data.validation]) {
      const counts = [0, 0, 0]
      for (const label of part?.targets ?? []) counts[label]++
      expect(new Set(counts).size).toBe(1)
    }
    for (let column = 0; column < 4; column++) {
      const values = data.train.features.filter((_, at) => at % 4 === column)
      const mean = values.reduce((sum, value) => sum + value, 0) / 120
      expect(mean).toBeCloseTo(0, 6)
      expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 120).toBeCloseTo(1, 5)
    }
  })

  it('the preview names columns and ranges', async () => {
    const summary = need(await folder.preview({ type: 'iris' }))
    expect(summary.features[0]).toMatchObject({ name: 'sepal_length', min: 4.3, max: 7.9, missing: 0 })
    expect(summary.firstRows[0]).toEqual(['5.1', '3.5', '1.4', '0.2', 'setosa'])
  })
})

describe('seeds', () => {
  it('the document’s seed decides the split, the split’s own comes first, the content hash depends on neither', async () => {
    const one = need(await folder.load({ type: 'iris' }, 1))
    const again = need(await folder.load({ type: 'iris' }, 1))
    const two = need(await folder.load({ type: 'iris' }, 2))
    const own = need(await folder.load({ type: 'iris', split: { seed: 1 } }, 2))
    expect(again).toEqual(one)
    expect(own).toEqual(one)
    expect(two.train.source).not.toEqual(one.train.source)
    expect(two.contentHash).toBe(one.contentHash)
  })
})

describe('the catalog of data sets', () => {
  it('every file-based data set has exactly one reader, and no generated one has any', () => {
    const files = datasetDefinitions.filter((definition) => definition.kind === 'file').map((definition) => definition.type)
    expect(datasetReaders.map((reader) => reader.type).sort()).toEqual(files.sort())
  })

  it.each(datasetDefinitions.map((definition) => [definition.type, definition] as const))('%s is described in both languages', (_, definition) => {
    for (const text of [definition.title, definition.help]) {
      expect(text.en.length).toBeGreaterThan(2)
      expect(text['zh-CN']).toMatch(/[\u4e00-\u9fff]/)
    }
    expect(definition.formula).not.toBe('')
    expect(definition.source).not.toBe('')
    const options: Readonly<Record<string, z.ZodType>> = definition.options.shape
    for (const [name, schema] of Object.entries(options)) {
      const note = schema.meta()
      expect(note?.description, `${definition.type}.${name}`).toMatch(/\w/)
      expect(note?.['x-zh-CN'], `${definition.type}.${name}`).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('unknown options are refused, common ones filled in', () => {
    expect(datasetSchema.safeParse({ type: 'iris', colour: 1 }).success).toBe(false)
    expect(datasetSchema.safeParse({ type: 'irises' }).success).toBe(false)
    expect(datasetSchema.parse({ type: 'iris' })).toEqual({
      type: 'iris',
      split: { validation: 0.2, test: 0, shuffle: true },
      preprocess: { features: 'standardize', targets: 'none', missing: 'mean', unseen: 'error' },
    })
  })
})
