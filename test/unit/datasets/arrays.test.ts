import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RawData } from '@shared/data/types'
import { need } from '@shared/spec'
import { Folder, issuesOf } from './helpers'
import { idxBytes, npyBytes } from './idx-bytes'

const folder = new Folder()
const fixtures = path.resolve(import.meta.dirname, '../../fixtures/datasets')
const arrays = JSON.parse(readFileSync(path.join(fixtures, 'arrays.json'), 'utf8')) as Record<string, { shape: number[]; values: number[] }>

function dense(raw: RawData): { shape: readonly number[]; data: Float32Array | Uint8Array } {
  if (raw.features.kind !== 'dense') throw new Error('not dense')
  return raw.features
}

async function codes(document: object): Promise<unknown[]> {
  return issuesOf(await folder.load(document)).map(({ code, path: where }) => [code, where.join('.')])
}

describe('idx', () => {
  const pixels = Uint8Array.from({ length: 4 * 6 }, (_, at) => at * 10)
  const labels = Uint8Array.of(7, 2, 7, 2)
  const document = { type: 'idx', images: 'images', labels: 'labels' }

  beforeEach(() => {
    folder.write('images', idxBytes([4, 2, 3], pixels))
    folder.write('labels', idxBytes([4], labels))
  })

  it('images stay bytes, labels become classes', async () => {
    const raw = await folder.raw(document)
    expect(dense(raw)).toEqual({ kind: 'dense', shape: [6], data: pixels })
    expect(raw.targets).toEqual({ kind: 'class', labels: Int32Array.of(1, 0, 1, 0), classNames: ['2', '7'] })
    expect(dense(await folder.raw({ ...document, shape: 'image' })).shape).toEqual([1, 2, 3])
  })

  it('gzip is recognized by content, and the same data', async () => {
    const plain = await folder.raw(document)
    folder.write('images', gzipSync(idxBytes([4, 2, 3], pixels)))
    folder.write('labels', gzipSync(idxBytes([4], labels)))
    expect(await folder.raw(document)).toEqual(plain)
  })

  it('test files are the fixed test part; class names are given', async () => {
    folder.write('t-images', idxBytes([2, 2, 3], pixels.subarray(0, 12)))
    folder.write('t-labels', idxBytes([2], Uint8Array.of(0, 1)))
    folder.write('labels', idxBytes([4], Uint8Array.of(0, 1, 0, 1)))
    const data = need(await folder.load({ ...document, testImages: 't-images', testLabels: 't-labels', classNames: ['shirt', 'shoe'], split: { validation: 0.5 } }))
    expect([data.train.rows, data.validation?.rows, data.test?.rows]).toEqual([2, 2, 2])
    expect(data.target).toMatchObject({ classNames: ['shirt', 'shoe'] })
    expect(data.test?.source).toEqual(Int32Array.of(4, 5))
    expect(data.test?.features).toEqual(Float32Array.from(pixels.subarray(0, 12), (byte) => byte * (1 / 255)))
  })

  it.each([
    [0x09, 1, (view: DataView, at: number) => view.setInt8(at, -3), -3],
    [0x0b, 2, (view: DataView, at: number) => view.setInt16(at, -300, false), -300],
    [0x0c, 4, (view: DataView, at: number) => view.setInt32(at, 70000, false), 70000],
    [0x0d, 4, (view: DataView, at: number) => view.setFloat32(at, 1.5, false), 1.5],
    [0x0e, 8, (view: DataView, at: number) => view.setFloat64(at, 0.1, false), Math.fround(0.1)],
  ])('values of type %i', async (type, bytes, set, value) => {
    const buffer = new Uint8Array(4 * bytes)
    for (let row = 0; row < 4; row++) set(new DataView(buffer.buffer), row * bytes)
    folder.write('images', idxBytes([4, 1], buffer, type))
    expect(dense(await folder.raw(document)).data).toEqual(new Float32Array(4).fill(value))
  })

  it.each([
    ['truncated', idxBytes([4, 2, 3], pixels).subarray(0, 30), 'array-truncated'],
    ['cut in the header', idxBytes([4, 2, 3], pixels).subarray(0, 10), 'idx-header-cut'],
    ['only a magic', Uint8Array.of(0, 0), 'idx-magic'],
    ['another format', strToU8('P5 28 28 255 ...'), 'idx-magic'],
    ['an unknown type', idxBytes([4, 2, 3], pixels, 0x0a), 'idx-magic'],
    ['swapped with labels', idxBytes([4], labels), 'idx-rank'],
    ['fewer images than labels', idxBytes([3, 2, 3], pixels.subarray(0, 18)), 'array-row-mismatch', 'labels'],
    ['no images', idxBytes([0, 2, 3], new Uint8Array(0)), 'array-no-rows'],
    ['images of no size', idxBytes([4, 0, 3], new Uint8Array(0)), 'array-no-rows'],
    ['absurd lengths', idxBytes([0xffffffff, 0xffffffff, 0xffffffff], pixels), 'array-truncated'],
    ['longer than announced', idxBytes([4, 2, 2], pixels), 'array-too-long'],
    ['damaged gzip', gzipSync(idxBytes([4, 2, 3], pixels)).fill(0x55, 12, 20), 'data-gzip-broken'],
    ['cut gzip', gzipSync(idxBytes([4, 2, 3], pixels)).subarray(0, 30), 'data-gzip-broken'],
    ['truncated within gzip', gzipSync(idxBytes([4, 2, 3], pixels).subarray(0, 30)), 'array-truncated'],
    ['a gzip that cannot hold its lengths', gzipSync(idxBytes([0x7fffffff, 28, 28], pixels)), 'array-truncated'],
    ['longer within gzip', gzipSync(idxBytes([4, 2, 2], pixels)), 'array-too-long'],
  ])('%s', async (_, bytes, code, option = 'images') => {
    folder.write('images', bytes)
    expect(await codes(document)).toEqual([[code, `dataset.${option}`]])
  })

  it('labels without names, half a test part, rows that are no images, another size in the test part', async () => {
    expect(await codes({ ...document, classNames: ['a', 'b'] })).toEqual([['array-label-without-name', 'dataset.labels']])
    expect(await codes({ ...document, testImages: 'images' })).toEqual([['array-test-pair', 'dataset.testLabels']])
    folder.write('t-images', idxBytes([4, 3, 3], new Uint8Array(36)))
    expect(await codes({ ...document, testImages: 't-images', testLabels: 'labels' })).toEqual([['array-other-shape', 'dataset.testImages']])
    folder.write('images', idxBytes([4, 6], pixels))
    expect(await codes({ ...document, shape: 'image' })).toEqual([['array-not-images', 'dataset.images']])
  })
})

describe('npy and npz written by NumPy', () => {
  const copy = (name: string): string => {
    copyFileSync(path.join(fixtures, name), path.join(folder.path, name))
    return name
  }

  it.each(['plain.npz', 'packed.npz'])('%s: every type of number', async (archive) => {
    const file = copy(archive)
    for (const name of Object.keys(arrays).filter((each) => each.startsWith('t_'))) {
      const raw = await folder.raw({ type: 'npy', path: file, features: name, targets: 'labels' })
      expect(dense(raw).shape, name).toEqual([3])
      expect([...dense(raw).data], name).toEqual(arrays[name].values.map(Math.fround))
      expect(raw.targets).toEqual({ kind: 'class', labels: Int32Array.of(1, 0, 1, 2, 0), classNames: ['1', '3', '8'] })
    }
  })

  it('an archive with a test part', async () => {
    const data = need(await folder.load({ type: 'npy', path: copy('plain.npz'), features: 't_u1', targets: 'labels', testFeatures: 'x_test', testTargets: 'y_test', split: { validation: 0 } }))
    expect([data.train.rows, data.test?.rows]).toEqual([5, 2])
  })

  it('half floats, subnormal and signed zero', async () => {
    const raw = await folder.raw({ type: 'npy', features: copy('half.npy'), targets: 'half.npy' })
    const values = [...dense(raw).data]
    expect(values.slice(0, 5)).toEqual([0, -0, 1, -2.5, 65504])
    expect(values[5]).toBe(2 ** -24)
    expect(values[6]).toBeCloseTo(1e-5, 7)
    expect(raw.targets.kind).toBe('value')
  })

  it('shapes', async () => {
    folder.write('x.npy', npyBytes("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 3), }", Uint8Array.from({ length: 12 }, (_, at) => at)))
    folder.write('y.npy', npyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)))
    const document = { type: 'npy', features: 'x.npy', targets: 'y.npy' }
    const shapes = await Promise.all(['stored', 'flat', 'image'].map(async (shape) => dense(await folder.raw({ ...document, shape })).shape))
    expect(shapes).toEqual([[2, 3], [6], [1, 2, 3]])
    expect((await folder.raw(document)).targets).toEqual({ kind: 'value', shape: [2], data: Float32Array.of(1, 2, 3, 4), names: ['y1', 'y2'] })
  })

  it.each([
    ['fortran.npy', 'npy-fortran-order'],
    ['text.npy', 'npy-type'],
    ['objects.npy', 'npy-type'],
    ['records.npy', 'npy-type'],
  ])('%s: %s', async (name, code) => {
    expect(await codes({ type: 'npy', features: copy(name), targets: copy('half.npy') })).toEqual([[code, 'dataset.features']])
  })

  const header = (shape: string, descr = '<f4'): string => `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`
  it.each([
    ['not NPY', strToU8('x,y\n1,2\n3,4\n'), 'npy-magic'],
    ['cut before the header', npyBytes(header('(2, 3)'), new Uint8Array(24)).subarray(0, 9), 'npy-header'],
    ['a header without shape', npyBytes("{'descr': '<f4', 'fortran_order': False}", new Uint8Array(24)), 'npy-header'],
    ['a format of the future', npyBytes(header('(2, 3)'), new Uint8Array(24)).with(6, 9), 'npy-version'],
    ['truncated', npyBytes(header('(2, 3)'), new Uint8Array(23)), 'array-truncated'],
    ['too long', npyBytes(header('(2, 3)'), new Uint8Array(25)), 'array-too-long'],
    ['absurd lengths', npyBytes(header('(99999999999, 99999999999)'), new Uint8Array(24)), 'array-truncated'],
    ['a scalar', npyBytes(header('()'), new Uint8Array(4)), 'npy-rank'],
    ['complex numbers', npyBytes(header('(2,)', '<c8'), new Uint8Array(24)), 'npy-type'],
  ])('%s', async (_, bytes, code) => {
    folder.write('x.npy', bytes)
    folder.write('y.npy', npyBytes(header('(2,)', '|u1'), Uint8Array.of(0, 1)))
    expect(await codes({ type: 'npy', features: 'x.npy', targets: 'y.npy' })).toEqual([[code, 'dataset.features']])
  })

  it('archives: unknown array, no archive, a bomb', async () => {
    expect(await codes({ type: 'npy', path: copy('plain.npz'), features: 'nothing', targets: 'labels' })).toEqual([['npz-no-array', 'dataset.features']])
    folder.write('no.npz', 'this is no archive, only text that is long enough')
    expect(await codes({ type: 'npy', path: 'no.npz', features: 'x', targets: 'y' })).toEqual([['npz-broken', 'dataset.path']])
    const bomb = zipSync({ 'x.npy': npyBytes(header('(2, 3)'), new Uint8Array(24)) })
    // The directory entry (after the local header and data) declares 4 GB.
    const directory = Buffer.from(bomb).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    new DataView(bomb.buffer).setUint32(directory + 24, 0xfffffff0, true)
    folder.write('bomb.npz', bomb)
    expect(await codes({ type: 'npy', path: 'bomb.npz', features: 'x', targets: 'x' })).toEqual([['npz-entry-size', 'dataset.features']])
  })

  it('labels that are no labels', async () => {
    folder.write('x.npy', npyBytes(header('(2, 3)'), new Uint8Array(24)))
    folder.write('y.npy', npyBytes(header('(2,)'), new Uint8Array(Float32Array.of(0, 0.5).buffer)))
    expect(await codes({ type: 'npy', features: 'x.npy', targets: 'x.npy', task: 'classification' })).toEqual([['array-label-shape', 'dataset.targets']])
    expect(await codes({ type: 'npy', features: 'x.npy', targets: 'y.npy', task: 'classification' })).toEqual([['array-label-not-integer', 'dataset.targets']])
  })
})
