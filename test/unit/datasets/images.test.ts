import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { decodeImage } from '@main/core/datasets/readers/image-file'
import { need } from '@shared/spec'
import { Folder, issuesOf } from './helpers'

const folder = new Folder()
const fixtures = path.resolve(import.meta.dirname, '../../fixtures/datasets/images')
const expected = JSON.parse(readFileSync(path.join(fixtures, 'expected.json'), 'utf8')) as {
  width: number
  height: number
  images: Record<string, { channels: number; values: number[] }>
}

function put(name: string, bytes?: Uint8Array | string): void {
  const to = path.join(folder.path, name)
  mkdirSync(path.dirname(to), { recursive: true })
  if (bytes === undefined) copyFileSync(path.join(fixtures, path.basename(name)), to)
  else writeFileSync(to, bytes)
}

function pngChunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), content])
  const whole = Buffer.alloc(8)
  whole.writeUInt32BE(content.length, 0)
  whole.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([whole.subarray(0, 4), body, whole.subarray(4)])
}

describe('decoding what TensorFlow and hand-made encoders wrote', () => {
  it.each(Object.entries(expected.images))('%s', (name, { channels, values }) => {
    const image = decodeImage(readFileSync(path.join(fixtures, name)))
    expect([image.width, image.height, image.channels]).toEqual([expected.width, expected.height, channels])
    const differences = values.map((value, at) => Math.abs(value - image.data[at]))
    // JPEG decoders may round the inverse transform and the color conversion differently.
    expect(Math.max(...differences)).toBeLessThanOrEqual(name.includes('.jp') ? 2 : 0)
  })

  it('refuses what would blow up', () => {
    const png = readFileSync(path.join(fixtures, 'rgb8.png'))
    const huge = Uint8Array.from(png)
    new DataView(huge.buffer).setUint32(16, 0x7fffffff)
    expect(() => decodeImage(huge)).toThrow()
    const jpeg = Uint8Array.from(readFileSync(path.join(fixtures, 'rgb.jpeg')))
    const frame = Buffer.from(jpeg).indexOf(Buffer.from([0xff, 0xc0]))
    jpeg.fill(0xff, frame + 5, frame + 9)
    expect(() => decodeImage(jpeg)).toThrow()
    const start = png.indexOf('IDAT') - 4
    const bomb = Buffer.concat([png.subarray(0, start), pngChunk('IDAT', deflateSync(Buffer.alloc(80_000_000))), pngChunk('IEND', Buffer.alloc(0))])
    expect(() => decodeImage(bomb)).toThrow('Cannot create a Buffer larger than')
  })
})

describe('image-folder', () => {
  const document = { type: 'image-folder', path: 'shapes', split: { validation: 0 } }
  const gray = Array.from({ length: 6 * 13 }, (_, at) => expected.images['gray8.png'].values[at])

  it('one class per folder, in order of name; planes of red, green and blue', async () => {
    put('shapes/zebra/rgb8.png')
    put('shapes/ant/gray8.png')
    put('shapes/ant/.hidden.png', 'no image')
    put('shapes/ant/notes.txt', 'no image')
    const raw = await folder.raw(document)
    expect(raw.rows).toBe(2)
    expect(raw.targets).toEqual({ kind: 'class', labels: Int32Array.of(0, 1), classNames: ['ant', 'zebra'] })
    if (raw.features.kind !== 'dense') throw new Error('not dense')
    expect(raw.features.shape).toEqual([3, 6, 13])
    const rgb = expected.images['rgb8.png'].values
    const planes = [0, 1, 2].flatMap((channel) => gray.map((_, pixel) => rgb[pixel * 3 + channel]))
    expect([...raw.features.data]).toEqual([...gray, ...gray, ...gray, ...planes])
  })

  it('as one gray channel; luma of colors', async () => {
    put('shapes/a/rgb8.png')
    put('shapes/b/gray8.png')
    const raw = await folder.raw({ ...document, channels: 'grayscale', shape: 'flat' })
    if (raw.features.kind !== 'dense') throw new Error('not dense')
    expect(raw.features.shape).toEqual([78])
    const rgb = expected.images['rgb8.png'].values
    expect(raw.features.data[5]).toBe(Math.round((299 * rgb[15] + 587 * rgb[16] + 114 * rgb[17]) / 1000))
    expect([...raw.features.data.subarray(78)]).toEqual(gray)
  })

  it('a second folder is the test part, even without all classes', async () => {
    put('shapes/a/rgb8.png')
    put('shapes/b/gray8.png')
    put('test/b/rgb.jpeg')
    const data = need(await folder.load({ ...document, testPath: 'test' }))
    expect([data.train.rows, data.test?.rows, data.test?.targets[0]]).toEqual([2, 1, 1])
    put('test/c/rgb.jpeg')
    expect(issuesOf(await folder.load({ ...document, testPath: 'test' }))).toMatchObject([{ code: 'image-folder-other-class', path: ['dataset', 'testPath'] }])
  })

  it('lists every image that is broken or of another size', async () => {
    put('shapes/a/good.png', readFileSync(path.join(fixtures, 'rgb8.png')))
    put('shapes/a/half.png', readFileSync(path.join(fixtures, 'rgb8.png')).subarray(0, 60))
    put('shapes/b/other.png', encode({ width: 4, height: 4, data: new Uint8Array(16), channels: 1 }))
    put('shapes/b/text.jpg', 'text')
    const issues = issuesOf(await folder.load(document))
    expect(issues.map(({ code, args }) => [code, args['file']])).toEqual([
      ['image-undecodable', 'shapes/a/half.png'],
      ['image-other-size', 'shapes/b/other.png'],
      ['image-undecodable', 'shapes/b/text.jpg'],
    ])
    expect(issues[1].args).toMatchObject({ size: '4×4', expected: '13×6', first: 'shapes/a/good.png' })
  })

  it('folders without classes or images, and a file in place of the folder', async () => {
    const load = async (): Promise<unknown> => issuesOf(await folder.load(document)).map(({ code, args }) => [code, args['folder'] ?? args['file']])
    expect(await load()).toEqual([['data-file-missing', 'shapes']])
    put('shapes/readme.txt', 'x')
    expect(await load()).toEqual([['image-folder-no-classes', 'shapes']])
    put('shapes/a/readme.txt', 'x')
    expect(await load()).toEqual([['image-folder-empty-class', 'shapes/a']])
    expect(issuesOf(await folder.load({ ...document, path: 'shapes/readme.txt' }))).toMatchObject([{ code: 'data-folder-is-file' }])
  })
})
