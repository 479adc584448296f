/**
 * Messages as bytes, for carriers that have no structured clone: a JSON header, then the typed arrays' own bytes, each
 * aligned to 8. What JSON cannot say (typed arrays, NaN, infinities, −0) is null in the JSON and listed beside it with
 * its path, so that no value of a message can be mistaken for one of these marks.
 *
 * ```
 * uint32 length of the header │ header: { value, marks } as UTF-8 │ padding to 8 │ segment │ padding to 8 │ segment …
 * ```
 * Little-endian throughout, as every platform that Descent runs on.
 */

type Key = string | number
/** Path, then a number that JSON has no word for, or a typed array's kind and length in bytes. */
type Mark = readonly [path: readonly Key[], number: NumberWord] | readonly [path: readonly Key[], kind: ArrayKind, bytes: number]
type NumberWord = 'NaN' | 'Infinity' | '-Infinity' | '-0'

const ARRAYS = { Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array } as const
type ArrayKind = keyof typeof ARRAYS

const NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

/** Nesting beyond it is no message of ours; keeps a hostile one from using up the stack. */
const MAX_DEPTH = 200
const ALIGNMENT = 8
const PREFIX_BYTES = 4

/** The bytes are no message. */
export class CodecError extends Error {
  override readonly name = 'CodecError'
}

/**
 * Plain data (objects, arrays, strings, numbers, booleans, null) and typed arrays. Properties that are undefined are
 * left out; anything else throws `TypeError`.
 */
export function encode(message: unknown): Uint8Array<ArrayBuffer> {
  const marks: Mark[] = []
  const segments: ArrayBufferView[] = []
  const value = lift(message, [], marks, segments)
  const header = new TextEncoder().encode(JSON.stringify({ value, marks }))
  let length = aligned(PREFIX_BYTES + header.length)
  for (const segment of segments) length += aligned(segment.byteLength)
  const bytes = new Uint8Array(length)
  new DataView(bytes.buffer).setUint32(0, header.length, true)
  bytes.set(header, PREFIX_BYTES)
  let at = aligned(PREFIX_BYTES + header.length)
  for (const segment of segments) {
    bytes.set(new Uint8Array(segment.buffer, segment.byteOffset, segment.byteLength), at)
    at += aligned(segment.byteLength)
  }
  return bytes
}

/** The value without what JSON cannot say. Parts that hold nothing of it are not copied: most messages are plain. */
function lift(value: unknown, path: Key[], marks: Mark[], segments: ArrayBufferView[]): unknown {
  switch (typeof value) {
    case 'number':
      return liftNumber(value, path, marks)
    case 'string':
    case 'boolean':
    case 'undefined':
      return value
    case 'object':
      break
    default:
      throw new TypeError(`cannot send a ${typeof value} (at ${path.join('.')})`)
  }
  if (value === null) return null
  if (path.length > MAX_DEPTH) throw new TypeError('cannot send values nested so deeply')
  if (ArrayBuffer.isView(value)) {
    marks.push([[...path], kindOf(value), value.byteLength])
    segments.push(value)
    return null
  }
  if (Array.isArray(value)) return liftArray(value, path, marks, segments)
  return liftObject(value as Readonly<Record<string, unknown>>, path, marks, segments)
}

function liftNumber(value: number, path: readonly Key[], marks: Mark[]): number | null {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value
  marks.push([[...path], Object.is(value, -0) ? '-0' : (String(value) as NumberWord)])
  return null
}

function liftArray(value: readonly unknown[], path: Key[], marks: Mark[], segments: ArrayBufferView[]): readonly unknown[] {
  let copy: unknown[] | null = null
  for (let index = 0; index < value.length; index++) {
    path.push(index)
    const lifted = lift(value[index], path, marks, segments)
    path.pop()
    if (lifted !== value[index]) (copy ??= [...value])[index] = lifted
  }
  return copy ?? value
}

function liftObject(value: Readonly<Record<string, unknown>>, path: Key[], marks: Mark[], segments: ArrayBufferView[]): Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) throw new TypeError(`cannot send a ${value.constructor.name} (at ${path.join('.')})`)
  let copy: Record<string, unknown> | null = null
  for (const key of Object.keys(value)) {
    path.push(key)
    const lifted = lift(value[key], path, marks, segments)
    path.pop()
    if (lifted !== value[key]) (copy ??= { ...value })[key] = lifted
  }
  return copy ?? value
}

/** Subclasses (Node's Buffer) count as what they are. */
function kindOf(view: ArrayBufferView): ArrayKind {
  for (const kind of Object.keys(ARRAYS) as ArrayKind[]) if (view instanceof ARRAYS[kind]) return kind
  throw new TypeError(`cannot send a ${view.constructor.name}`)
}

export interface DecodeLimits {
  /** Of the JSON part, bytes. */
  readonly header: number
}

/**
 * The message in the bytes; throws `CodecError` for anything else, hostile input included. Typed arrays are views of
 * `bytes` where these lie aligned. A key `__proto__` comes out as an own property, as from `JSON.parse`.
 */
export function decode(bytes: Uint8Array, limits: DecodeLimits): unknown {
  if (bytes.byteLength < PREFIX_BYTES) throw new CodecError('shorter than its prefix')
  const whole = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice()
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0, true)
  if (length > limits.header) throw new CodecError(`a header of ${String(length)} bytes; at most ${String(limits.header)} are read`)
  if (length > whole.byteLength - PREFIX_BYTES) throw new CodecError('the header is cut off')
  const { value, marks } = parseHeader(whole.subarray(PREFIX_BYTES, PREFIX_BYTES + length))
  const root = { value }
  let at = aligned(PREFIX_BYTES + length)
  for (const mark of marks) {
    if (!Array.isArray(mark) || !Array.isArray(mark[0])) throw new CodecError('a mark without a path')
    const [path, kind, size] = mark as unknown as readonly [readonly unknown[], unknown, unknown]
    const number = NUMBERS.get(kind)
    if (number === undefined) {
      const array = segment(whole, at, kind, size)
      place(root, path, array)
      at += aligned(array.byteLength)
    } else {
      place(root, path, number)
    }
  }
  return root.value
}

function parseHeader(bytes: Uint8Array): { readonly value: unknown; readonly marks: readonly unknown[] } {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof header !== 'object' || header === null || !('value' in header) || !('marks' in header) || !Array.isArray(header.marks)) {
      throw new CodecError('the header has no value or no marks')
    }
    return { value: header.value, marks: header.marks }
  } catch (error) {
    if (error instanceof CodecError) throw error
    throw new CodecError('the header is no JSON')
  }
}

function segment(bytes: Uint8Array, at: number, kind: unknown, size: unknown): InstanceType<(typeof ARRAYS)[ArrayKind]> {
  if (typeof kind !== 'string' || !Object.hasOwn(ARRAYS, kind)) throw new CodecError('a mark of an unknown kind')
  const View = ARRAYS[kind as ArrayKind]
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || size % View.BYTES_PER_ELEMENT !== 0) throw new CodecError('an array of no whole size')
  if (size === 0) return new View(0)
  if (at + size > bytes.byteLength) throw new CodecError('an array is cut off')
  return new View(bytes.buffer as ArrayBuffer, bytes.byteOffset + at, size / View.BYTES_PER_ELEMENT)
}

/** Puts what a mark stands for in the place of its null; touches own properties only. */
function place(root: { value: unknown }, path: readonly unknown[], value: unknown): void {
  let parent: object = root
  let key: Key = 'value'
  for (const next of path) {
    const child: unknown = Object.hasOwn(parent, key) ? Reflect.get(parent, key) : undefined
    if (typeof child !== 'object' || child === null || (typeof next !== 'string' && typeof next !== 'number')) throw new CodecError('a mark beside the value')
    parent = child
    key = next
  }
  if (!Object.hasOwn(parent, key) || Reflect.get(parent, key) !== null) throw new CodecError('a mark where there is no place for it')
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true })
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT
}
