import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '@shared/lib/safetensors'
import { need } from '@shared/spec'

const FIXTURES = join(import.meta.dirname, '../../fixtures/safetensors')

interface Described {
  readonly tensors: Readonly<Record<string, { readonly dtype: string; readonly shape: readonly number[]; readonly data: readonly number[] }>>
  readonly metadata: Readonly<Record<string, string>>
}

/** A file with this header text (or bytes) and so many bytes of data. */
function fileOf(header: string | Uint8Array, dataBytes: number, claimed?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const file = new Uint8Array(8 + text.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true)
  file.set(text, 8)
  return file
}

function codesOf(file: Uint8Array): readonly string[] {
  const decoded = decodeSafetensors(file)
  return decoded.ok ? [] : decoded.issues.map(({ code, args }) => `${code}: ${args.tensor ?? ''} ${args.reason ?? args.dtype}`)
}

const entry = (shape: string, offsets: string, dtype = 'F32'): string => `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`

describe('the file made by the reference implementation', () => {
  const bytes = new Uint8Array(readFileSync(join(FIXTURES, 'reference.safetensors')))
  const described = JSON.parse(readFileSync(join(FIXTURES, 'reference.json'), 'utf8')) as Described

  test('decodes to the same tensors and metadata', () => {
    const decoded = need(decodeSafetensors(bytes))
    const tensors = decoded.tensors.map(({ name, dtype, shape, data }) => [name, { dtype, shape, data: Array.from(data, Number) }])
    expect(Object.fromEntries(tensors)).toEqual(described.tensors)
    expect(decoded.metadata).toEqual(described.metadata)
  })

  test('is what we write for the same content, byte for byte', () => {
    const decoded = need(decodeSafetensors(bytes))
    expect(encodeSafetensors([...decoded.tensors].reverse(), decoded.metadata)).toEqual(bytes)
  })

  test.each([1, 2, 3, 5, 8])('decodes at any address (offset %i)', (offset) => {
    const moved = new Uint8Array(bytes.length + offset).subarray(offset)
    moved.set(bytes)
    expect(decodeSafetensors(moved)).toEqual(decodeSafetensors(bytes))
  })

  test('decodes from a Buffer of Node, whose slices share memory', () => {
    const buffer = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3)
    expect(decodeSafetensors(buffer)).toEqual(decodeSafetensors(bytes))
  })
})

describe('refused', () => {
  test.each<readonly [string, Uint8Array, readonly string[]]>([
    ['empty file', new Uint8Array(0), ['safetensors-header:  is missing: the file has fewer than 8 bytes']],
    ['seven bytes', new Uint8Array(7), ['safetensors-header:  is missing: the file has fewer than 8 bytes']],
    ['header longer than the file', fileOf('{}', 0, 3n), ['safetensors-header:  claims 3 bytes, the file has 10']],
    ['header of 2⁶⁴−1 bytes', fileOf('{}', 0, 2n ** 64n - 1n), ['safetensors-header:  claims 18446744073709551615 bytes; at most 100000000 are allowed']],
    ['header that is not UTF-8', fileOf(Uint8Array.of(0x7b, 0xff, 0x7d), 0), ['safetensors-header:  is not UTF-8']],
    ['header behind a byte order mark', fileOf('\ufeff{}', 0), ['safetensors-header:  does not begin with {']],
    ['header with a space before', fileOf(' {}', 0), ['safetensors-header:  does not begin with {']],
    ['header that is not JSON', fileOf('{"a":', 0), ['safetensors-header:  is not a JSON object']],
    ['one name twice', fileOf(`{"a":${entry('[1]', '[0,4]')},"a":${entry('[1]', '[0,4]')}}`, 4), ['safetensors-header:  has the key "a" twice']],
    ['one name twice, once escaped', fileOf(`{"a":${entry('[1]', '[0,4]')},"\\u0061":${entry('[1]', '[0,4]')}}`, 4), ['safetensors-header:  has the key "a" twice']],
    ['one field twice', fileOf('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4), ['safetensors-header:  has the key "dtype" twice']],
    ['the name __proto__', fileOf(`{"__proto__":${entry('[1]', '[0,4]')}}`, 4), ['safetensors-header:  has the key "__proto__"']],
    ['__proto__ in the metadata', fileOf('{"__metadata__":{"__proto__":"x"}}', 0), ['safetensors-header:  has metadata that are not an object of strings']],
    ['metadata of numbers', fileOf('{"__metadata__":{"step":3}}', 0), ['safetensors-header:  has metadata that are not an object of strings']],
    ['metadata null', fileOf('{"__metadata__":null}', 0), ['safetensors-header:  has metadata that are not an object of strings']],
    ['unknown dtype', fileOf(`{"a":${entry('[2]', '[0,4]', 'F16')}}`, 4), ['safetensors-dtype: a F16']],
    ['inherited property as dtype', fileOf(`{"a":${entry('[2]', '[0,4]', 'constructor')}}`, 4), ['safetensors-dtype: a constructor']],
    ['missing field', fileOf('{"a":{"dtype":"F32","shape":[1]}}', 4), ['safetensors-tensor: a data_offsets does not follow the format']],
    ['additional field', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 4), ['safetensors-tensor: a the entry does not follow the format']],
    ['negative extent', fileOf(`{"a":${entry('[-1]', '[0,4]')}}`, 4), ['safetensors-tensor: a shape.0 does not follow the format']],
    ['fractional extent', fileOf(`{"a":${entry('[1.5]', '[0,6]')}}`, 6), ['safetensors-tensor: a shape.0 does not follow the format']],
    ['offsets that run backwards', fileOf(`{"a":${entry('[1]', '[4,0]')}}`, 4), ['safetensors-tensor: a shape [1] needs 4 bytes, its place has -4']],
    ['shape larger than its place', fileOf(`{"a":${entry('[2]', '[0,4]')}}`, 4), ['safetensors-tensor: a shape [2] needs 8 bytes, its place has 4']],
    ['absurd shape', fileOf(`{"a":${entry('[1073741824,1073741824]', '[0,4]')}}`, 4), ['safetensors-tensor: a shape [1073741824, 1073741824] needs 4611686018427388000 bytes, its place has 4']],
    ['end beyond the file', fileOf(`{"a":${entry('[2]', '[0,8]')}}`, 4), ['safetensors-tensor: a it ends at byte 8 of 4']],
    ['overlap', fileOf(`{"a":${entry('[2]', '[0,8]')},"b":${entry('[1]', '[4,8]')}}`, 8), ['safetensors-tensor: b it overlaps the one before']],
    ['gap', fileOf(`{"a":${entry('[1]', '[0,4]')},"b":${entry('[1]', '[8,12]')}}`, 12), ['safetensors-tensor: b 4 unused bytes stand before it']],
    ['bytes left over', fileOf(`{"a":${entry('[1]', '[0,4]')}}`, 5), ['safetensors-header:  leaves 1 bytes of the file unused']],
    ['several problems, all told', fileOf(`{"a":${entry('[1]', '[0,4]', 'F64')},"b":${entry('[2]', '[0,4]')}}`, 4), ['safetensors-dtype: a F64', 'safetensors-tensor: b shape [2] needs 8 bytes, its place has 4']],
  ])('%s', (_name, file, codes) => {
    expect(codesOf(file)).toEqual(codes)
  })
})

test('trailing spaces in the header are padding', () => {
  expect(decodeSafetensors(fileOf(`{"a":${entry('[1]', '[0,4]')}}     `, 4)).ok).toBe(true)
})

describe('encoding refuses bugs', () => {
  const data = Float32Array.of(1)
  test.each<readonly [string, readonly NamedTensor[]]>([
    ['two tensors of one name', [{ name: 'a', dtype: 'float32', shape: [1], data }, { name: 'a', dtype: 'float32', shape: [1], data }]],
    ['a reserved name', [{ name: '__metadata__', dtype: 'float32', shape: [1], data }]],
    ['__proto__', [{ name: '__proto__', dtype: 'float32', shape: [1], data }]],
    ['another dtype', [{ name: 'a', dtype: 'int32', shape: [1], data }]],
    ['another shape', [{ name: 'a', dtype: 'float32', shape: [2], data }]],
  ])('%s', (_name, tensors) => {
    expect(() => encodeSafetensors(tensors)).toThrow(/^safetensors: /)
  })
})
