import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { Folder, issuesOf } from '../../unit/datasets/helpers'
import { idxBytes, npyBytes } from '../../unit/datasets/idx-bytes'

const folder = new Folder()
const fixtures = path.resolve(import.meta.dirname, '../../fixtures/datasets')

/** Loads without an exception: rows, or issues that have messages. */
async function survives(document: object): Promise<boolean> {
  const result = await folder.load({ split: { validation: 0 }, ...document })
  if (!result.ok) {
    expect(issuesOf(result).length).toBeGreaterThan(0)
    return false
  }
  expect(result.value.train.features.every(Number.isFinite)).toBe(true)
  return true
}

/** Cut anywhere, or some bytes overwritten, or bytes inserted. */
function damaged(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat(Math.max(0, original.length - 1))
  return fc.oneof(
    at.map((end) => original.slice(0, end)),
    fc.array(fc.tuple(at, fc.nat(255)), { minLength: 1, maxLength: 6 }).map((changes) => {
      const copy = Uint8Array.from(original)
      for (const [place, byte] of changes) copy[place] = byte
      return copy
    }),
    fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 20 })).map(([place, extra]) => Uint8Array.from([...original.subarray(0, place), ...extra, ...original.subarray(place)])),
  )
}

async function fuzz(bytes: fc.Arbitrary<Uint8Array>, load: (bytes: Uint8Array) => Promise<unknown>, numRuns = 150): Promise<void> {
  await fc.assert(
    fc.asyncProperty(bytes, async (each) => {
      await load(each)
    }),
    { numRuns },
  )
}

const anything = fc.uint8Array({ maxLength: 600, size: 'max' })

describe('whatever the bytes, issues and never exceptions', () => {
  const table = 'a,b,color,y\n1,2.5,red,n\n3,"4",blue,m\n5,6,"r""ed",n\n7,8,blue,m\n'
  const loadCsv = (bytes: Uint8Array): Promise<boolean> => survives({ type: 'csv', path: folder.write('x.csv', bytes), target: -1 })

  it('csv: random bytes', () => fuzz(anything, loadCsv))
  it('csv: random characters that matter to it', () => fuzz(fc.string({ unit: fc.constantFrom(...'",;\t\n\r\\ 01.ab\uFEFF|') }).map((text) => Buffer.from(text)), loadCsv, 400))
  it('csv: a damaged table', () => fuzz(damaged(Buffer.from(table)), loadCsv, 300))

  const images = idxBytes([6, 2, 2], Uint8Array.from({ length: 24 }, (_, at) => at))
  const loadIdx = (bytes: Uint8Array): Promise<boolean> => {
    folder.write('labels', idxBytes([6], Uint8Array.of(0, 1, 0, 1, 0, 1)))
    return survives({ type: 'idx', images: folder.write('images', bytes), labels: 'labels' })
  }
  it('idx: random bytes', () => fuzz(anything, loadIdx))
  it('idx: damaged', () => fuzz(damaged(images), loadIdx, 300))
  it('idx: damaged gzip', () => fuzz(damaged(gzipSync(images)), loadIdx))

  const array = npyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (6, 2), }", new Uint8Array(Float32Array.from({ length: 12 }, (_, at) => at).buffer))
  const loadNpy = (bytes: Uint8Array): Promise<boolean> => {
    folder.write('y.npy', npyBytes("{'descr': '|u1', 'fortran_order': False, 'shape': (6,), }", Uint8Array.of(0, 1, 0, 1, 0, 1)))
    return survives({ type: 'npy', features: folder.write('x.npy', bytes), targets: 'y.npy' })
  }
  it('npy: random bytes', () => fuzz(anything, loadNpy))
  it('npy: damaged', () => fuzz(damaged(array), loadNpy, 300))

  const loadNpz = (bytes: Uint8Array): Promise<boolean> => survives({ type: 'npy', path: folder.write('x.npz', bytes), features: 't_u1', targets: 'labels' })
  it('npz: random bytes', () => fuzz(anything, loadNpz))
  it.each(['plain.npz', 'packed.npz'])('npz: damaged %s', (name) => fuzz(damaged(readFileSync(path.join(fixtures, name))), loadNpz))

  const loadImage = async (name: string, bytes: Uint8Array): Promise<boolean> => {
    folder.folder('images/a')
    folder.folder('images/b')
    folder.write('images/a/good.png', readFileSync(path.join(fixtures, 'images/rgb8.png')))
    folder.write(`images/b/${name}`, bytes)
    return survives({ type: 'image-folder', path: 'images' })
  }
  it.each(['gray8.png', 'palette4.png', 'interlaced.png', 'rgba8.png', 'rgb.jpeg', 'progressive.jpg'])('image-folder: damaged %s', (name) =>
    fuzz(damaged(readFileSync(path.join(fixtures, 'images', name))), (bytes) => loadImage('image.png', bytes)),
  )
  it('image-folder: random bytes', () => fuzz(anything, (bytes) => loadImage('image.png', bytes)))
})

describe('round trips', () => {
  it('idx: any shape, plain and gzip', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }), fc.boolean(), fc.nat(255), async (shape, gzip, first) => {
        const values = Uint8Array.from({ length: shape.reduce((product, extent) => product * extent, 1) }, (_, at) => first + at)
        const bytes = idxBytes(shape, values)
        folder.write('images', gzip ? gzipSync(bytes) : bytes)
        folder.write('labels', idxBytes([shape[0]], new Uint8Array(shape[0])))
        const raw = await folder.raw({ type: 'idx', images: 'images', labels: 'labels' })
        expect(raw.rows).toBe(shape[0])
        expect(raw.features).toEqual({ kind: 'dense', shape: [values.length / shape[0]], data: values })
      }),
      { numRuns: 60 },
    )
  })

  it('npy: any shape and byte order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), fc.boolean(), fc.infiniteStream(fc.float({ noNaN: true, noDefaultInfinity: true })), async (shape, little, stream) => {
        const count = shape.reduce((product, extent) => product * extent, 1)
        const values = Float32Array.from({ length: count }, () => stream.next().value as number)
        const bytes = new Uint8Array(count * 4)
        values.forEach((value, at) => new DataView(bytes.buffer).setFloat32(at * 4, value, little))
        folder.write('x.npy', npyBytes(`{'descr': '${little ? '<' : '>'}f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`, bytes))
        const raw = await folder.raw({ type: 'npy', features: 'x.npy', targets: 'x.npy' })
        expect(raw.features).toEqual({ kind: 'dense', shape: shape.length === 1 ? [1] : shape.slice(1), data: values })
      }),
      { numRuns: 60 },
    )
  })

  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((each) => each.trim() === each && !each.includes('\0'))
    .map((each) => `t${each}`)
    .filter((each) => each.trim() === each)

  it('csv: numbers to the last bit, and any text in quotes, with any delimiter and line break', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(number, text), { minLength: 2, maxLength: 12 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.boolean(),
        async (rows, delimiter, newline, mark, lastBreak) => {
          const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
          const lines = [`number${delimiter}text${delimiter}y`, ...rows.map(([value, words], row) => [String(value), quote(words), String(row / 3)].join(delimiter))]
          folder.write('x.csv', `${mark ? '\uFEFF' : ''}${lines.join(newline)}${lastBreak ? newline : ''}`)
          const raw = await folder.raw({ type: 'csv', path: 'x.csv', target: 'y', delimiter, header: true, numeric: ['number'], categorical: ['text'] })
          if (raw.features.kind !== 'columns') throw new Error('no table')
          const [numbers, texts] = raw.features.columns
          if (numbers.kind !== 'numeric' || texts.kind !== 'category') throw new Error('other kinds')
          expect([...numbers.values]).toEqual(rows.map(([value]) => (Object.is(Number(String(value)), -0) ? -0 : Number(String(value)))))
          expect([...texts.codes].map((code) => texts.categories[code])).toEqual(rows.map(([, words]) => words))
        },
      ),
      { numRuns: 200 },
    )
  })
})
