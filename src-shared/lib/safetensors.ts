import { z } from 'zod'
import { failure, issue, success, type Issue, type Result } from '@shared/spec/issue'
import { duplicateKey } from './duplicate-key'

/*
 * The safetensors format (https://huggingface.co/docs/safetensors/index#format): eight bytes of header length (little-
 * endian), a JSON header, the tensors' bytes (row-major, little-endian) without gaps. As in every typed array of every
 * platform that runs this code, memory is little-endian too.
 */

export type SafetensorsDType = 'float32' | 'int32' | 'int64'

/** A named tensor; `data` is of the dtype: Float32Array, Int32Array or BigInt64Array. */
export interface NamedTensor {
  readonly name: string
  readonly dtype: SafetensorsDType
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array | BigInt64Array
}

export interface SafetensorsContent {
  /** In the order of their bytes. */
  readonly tensors: readonly NamedTensor[]
  readonly metadata: Readonly<Record<string, string>>
}

/** In the order in which the reference implementation writes them. */
const DTYPES = {
  int64: { code: 'I64', array: BigInt64Array },
  float32: { code: 'F32', array: Float32Array },
  int32: { code: 'I32', array: Int32Array },
} as const
const DTYPE_NAMES = Object.keys(DTYPES) as SafetensorsDType[]

const LENGTH_BYTES = 8
/** The reference implementation's limit, bytes. */
const HEADER_LIMIT = 100_000_000
const METADATA = '__metadata__'
/** Keys that mean something else to JavaScript objects. */
const FORBIDDEN = new Set(['__proto__', METADATA])

/**
 * A safetensors file. Equal content gives equal bytes, those of the reference implementation: tensors are ordered by
 * dtype, then by name; metadata by key. Throws on names that occur twice or are reserved, and on
 * data that does not fit its shape: those are bugs.
 */
export function encodeSafetensors(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const rank = ({ dtype }: NamedTensor): number => DTYPE_NAMES.indexOf(dtype)
  const ordered = [...tensors].sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name))
  const entries: [string, unknown][] = []
  const keys = Object.keys(metadata).sort(compare)
  if (keys.length > 0) entries.push([METADATA, new Map(keys.map((key) => [key, metadata[key]]))])
  let end = 0
  for (const { name, dtype, shape, data } of ordered) {
    expectWritable(name, dtype, shape, data)
    entries.push([name, { dtype: DTYPES[dtype].code, shape, data_offsets: [end, (end += data.byteLength)] }])
  }
  if (new Set(entries.map(([name]) => name)).size !== entries.length) throw new Error('safetensors: two tensors of one name')
  const header = new TextEncoder().encode(objectText(entries))
  const start = LENGTH_BYTES + Math.ceil(header.length / 8) * 8
  const file = new Uint8Array(start + end)
  file.fill(0x20, LENGTH_BYTES, start)
  file.set(header, LENGTH_BYTES)
  new DataView(file.buffer).setBigUint64(0, BigInt(start - LENGTH_BYTES), true)
  let at = start
  for (const { data } of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return file
}

/** Objects cannot hold every key in every order; lists of entries can. */
function objectText(entries: Iterable<readonly [string, unknown]>): string {
  const text = ([key, value]: readonly [string, unknown]): string =>
    `${JSON.stringify(key)}:${value instanceof Map ? objectText(value) : JSON.stringify(value)}`
  return `{${[...entries].map(text).join(',')}}`
}

function expectWritable(name: string, dtype: SafetensorsDType, shape: readonly number[], data: NamedTensor['data']): void {
  if (FORBIDDEN.has(name)) throw new Error(`safetensors: reserved name ${name}`)
  if (!(data instanceof DTYPES[dtype].array)) throw new Error(`safetensors: ${name} is not ${dtype}`)
  if (shape.reduce((product, extent) => product * extent, 1) !== data.length) {
    throw new Error(`safetensors: ${name} has ${data.length} elements for shape [${shape.join(', ')}]`)
  }
}

/** By code points, which is the order of UTF-8 bytes. */
function compare(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at].codePointAt(0) ?? 0) - (right[at].codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
const metadataSchema = z.record(z.string(), z.string())

interface Entry {
  readonly name: string
  readonly dtype: SafetensorsDType
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/**
 * Reads a file of unknown origin. Every tensor's data is a view into `file` where its address allows that, else a copy.
 * Issues: `safetensors-header`, `safetensors-tensor`, `safetensors-dtype`.
 */
export function decodeSafetensors(file: Uint8Array): Result<SafetensorsContent> {
  const header = readHeader(file)
  if (!header.ok) return header
  const { start, entries, metadata } = header.value
  const parsed = [...entries].map(([name, entry]) => readEntry(name, entry))
  const issues = parsed.flatMap((each) => (each.ok ? [] : each.issues))
  if (issues.length > 0) return failure(...issues)
  const tensors = parsed.flatMap((each) => (each.ok ? [each.value] : [])).sort((a, b) => a.begin - b.begin || a.end - b.end)
  const misplaced = findMisplaced(tensors, file.length - start)
  if (misplaced !== null) return failure(misplaced)
  return success({ tensors: tensors.map((entry) => tensorOf(file, start, entry)), metadata })
}

interface Header {
  readonly start: number
  readonly entries: readonly (readonly [string, unknown])[]
  readonly metadata: Readonly<Record<string, string>>
}

function readHeader(file: Uint8Array): Result<Header> {
  const wrong = (reason: string): Result<never> => failure(issue('safetensors-header', [], { reason }))
  if (file.length < LENGTH_BYTES) return wrong('is missing: the file has fewer than 8 bytes')
  const length = new DataView(file.buffer, file.byteOffset, LENGTH_BYTES).getBigUint64(0, true)
  if (length > BigInt(HEADER_LIMIT)) return wrong(`claims ${length} bytes; at most ${HEADER_LIMIT} are allowed`)
  const start = LENGTH_BYTES + Number(length)
  if (start > file.length) return wrong(`claims ${length} bytes, the file has ${file.length}`)
  const text = decodeText(file.subarray(LENGTH_BYTES, start))
  if (text === null) return wrong('is not UTF-8')
  if (!text.startsWith('{')) return wrong('does not begin with {')
  const json = parseJson(text)
  if (typeof json !== 'object' || json === null) return wrong('is not a JSON object')
  const twice = duplicateKey(text)
  if (twice !== null) return wrong(`has the key ${JSON.stringify(twice)} twice`)
  if (Object.hasOwn(json, '__proto__')) return wrong('has the key "__proto__"')
  const entries = Object.entries(json)
  const metadata = readMetadata(Object.hasOwn(json, METADATA) ? (json as Record<string, unknown>)[METADATA] : {})
  if (metadata === null) return wrong('has metadata that are not an object of strings')
  return success({ start, entries: entries.filter(([name]) => name !== METADATA), metadata })
}

function readMetadata(value: unknown): Record<string, string> | null {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, '__proto__')) return null
  const parsed = metadataSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}

function readEntry(name: string, value: unknown): Result<Entry> {
  const parsed = entrySchema.safeParse(value)
  if (!parsed.success) return wrongTensor(name, `${parsed.error.issues[0].path.join('.') || 'the entry'} does not follow the format`)
  const { shape, data_offsets: [begin, end] } = parsed.data
  const dtype = dtypeOf(parsed.data.dtype)
  if (dtype === null) return failure(unsupported(name, parsed.data.dtype))
  // A product beyond 2⁵³ is inexact but still larger than any file.
  const bytes = shape.reduce((product, extent) => product * extent, DTYPES[dtype].array.BYTES_PER_ELEMENT)
  if (end - begin !== bytes) return wrongTensor(name, `shape [${shape.join(', ')}] needs ${bytes} bytes, its place has ${end - begin}`)
  return success({ name, dtype, shape, begin, end })
}

/** The first tensor, in order of place, that overlaps another, leaves a gap or leaves the file; null when all fit. */
function findMisplaced(tensors: readonly Entry[], bytes: number): Issue | null {
  let at = 0
  for (const { name, begin, end } of tensors) {
    if (begin !== at) return misplaced(name, begin < at ? 'it overlaps the one before' : `${begin - at} unused bytes stand before it`)
    if (end > bytes) return misplaced(name, `it ends at byte ${end} of ${bytes}`)
    at = end
  }
  return at === bytes ? null : issue('safetensors-header', [], { reason: `leaves ${bytes - at} bytes of the file unused` })
}

function tensorOf(file: Uint8Array, start: number, { name, dtype, shape, begin, end }: Entry): NamedTensor {
  const bytes = file.subarray(start + begin, start + end)
  const { buffer, byteOffset } = bytes.byteOffset % DTYPES[dtype].array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes)
  const length = bytes.length / DTYPES[dtype].array.BYTES_PER_ELEMENT
  switch (dtype) {
    case 'float32':
      return { name, dtype, shape, data: new Float32Array(buffer, byteOffset, length) }
    case 'int32':
      return { name, dtype, shape, data: new Int32Array(buffer, byteOffset, length) }
    case 'int64':
      return { name, dtype, shape, data: new BigInt64Array(buffer, byteOffset, length) }
  }
}

function dtypeOf(code: string): SafetensorsDType | null {
  return DTYPE_NAMES.find((name) => DTYPES[name].code === code) ?? null
}

function unsupported(tensor: string, dtype: string): Issue {
  const supported = Object.values(DTYPES).map(({ code }) => code).join(', ')
  return issue('safetensors-dtype', [], { tensor, dtype, supported })
}

function misplaced(tensor: string, reason: string): Issue {
  return issue('safetensors-tensor', [], { tensor, reason })
}

function wrongTensor(tensor: string, reason: string): Result<never> {
  return failure(misplaced(tensor, reason))
}

function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
