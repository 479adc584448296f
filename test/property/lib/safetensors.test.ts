import { fc } from '@test/helpers/property'
import { expect, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '@shared/lib/safetensors'
import { need } from '@shared/spec'

const LONE_SURROGATE = /\p{Surrogate}/u
const shape = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 })
const sizeOf = (extents: readonly number[]): number => extents.reduce((product, extent) => product * extent, 1)
const name = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !LONE_SURROGATE.test(text) && text !== '__proto__' && text !== '__metadata__')

const tensor: fc.Arbitrary<NamedTensor> = fc.record({ name, shape, dtype: fc.constantFrom('float32', 'int32', 'int64') }).chain(({ name, shape, dtype }): fc.Arbitrary<NamedTensor> => {
  const length = { minLength: sizeOf(shape), maxLength: sizeOf(shape) }
  switch (dtype) {
    case 'float32':
      return fc.float32Array(length).map((data) => ({ name, shape, dtype, data }))
    case 'int32':
      return fc.int32Array(length).map((data) => ({ name, shape, dtype, data }))
    default:
      return fc.bigInt64Array(length).map((data) => ({ name, shape, dtype, data }))
  }
})
const tensors = fc.uniqueArray(tensor, { selector: (each) => each.name, maxLength: 6 })
const metadata = fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !LONE_SURROGATE.test(text)), { maxKeys: 4, noNullPrototype: true })

test('what is encoded decodes to the same, whatever the order it came in', () => {
  fc.assert(
    fc.property(tensors, metadata, (given, notes) => {
      const file = encodeSafetensors(given, notes)
      expect(encodeSafetensors([...given].reverse(), notes)).toEqual(file)
      const decoded = need(decodeSafetensors(file))
      expect(new Map(decoded.tensors.map((each) => [each.name, each]))).toEqual(new Map(given.map((each) => [each.name, each])))
      expect(decoded.metadata).toEqual(notes)
    }),
    { numRuns: 500 },
  )
})

test('a file cut anywhere is refused, never misread', () => {
  fc.assert(
    fc.property(tensors, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (given, share) => {
      const file = encodeSafetensors(given)
      const decoded = decodeSafetensors(file.subarray(0, Math.floor(file.length * share)))
      expect(decoded.ok).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('any bytes give issues or content that encodes, never an exception', () => {
  const changed = fc.record({ given: tensors, edits: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }) }).map(({ given, edits }) => {
    const file = encodeSafetensors(given, { a: 'b' })
    for (const [at, byte] of edits) file[at % Math.min(file.length, 200)] = byte
    return file
  })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), (file) => {
      const decoded = decodeSafetensors(file)
      if (!decoded.ok) expect(decoded.issues.length).toBeGreaterThan(0)
      else expect(decodeSafetensors(encodeSafetensors(decoded.value.tensors, decoded.value.metadata))).toMatchObject({ ok: true })
    }),
    { numRuns: 2000 },
  )
})
