import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { CodecError, decode, encode } from '@shared/protocol/codec'

const LIMITS = { header: 1024 * 1024 }
const there = (value: unknown): unknown => decode(encode(value), LIMITS)

/** A header with segments behind it, as `encode` lays them out. */
function frame(header: unknown, rest = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(Math.ceil((4 + text.length) / 8) * 8 + rest)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  return bytes
}

const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0))
const array = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int8Array(),
  fc.uint8Array(),
)
const key = fc.string().filter((text) => text !== '__proto__')
const { message } = fc.letrec((tie) => ({
  message: fc.oneof(
    { maxDepth: 5 },
    number,
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    array,
    fc.array(tie('message'), { maxLength: 6 }),
    fc.dictionary(key, tie('message'), { maxKeys: 6, noNullPrototype: true }),
  ),
}))

describe('codec', () => {
  it('gives back every message exactly: nested typed arrays, NaN, infinities, −0, any text', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(there(value)).toStrictEqual(value)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves its argument alone', () => {
    const value = { a: Float64Array.of(1), b: [Number.NaN, { c: -0 }], d: { e: 'x' } }
    encode(value)
    expect(value).toStrictEqual({ a: Float64Array.of(1), b: [Number.NaN, { c: -0 }], d: { e: 'x' } })
  })

  it('cannot be led to take data for one of its own marks', () => {
    const value = { marks: [[['value'], 'NaN']], value: { $b: ['Float64Array', 8] } }
    expect(there(value)).toStrictEqual(value)
  })

  it('sends the part of a buffer that a view shows, and Buffers as bytes', () => {
    expect(there([Float64Array.of(1, 2, 3, 4).subarray(1, 3)])).toStrictEqual([Float64Array.of(2, 3)])
    expect(there(Buffer.from([7, 8]))).toStrictEqual(Uint8Array.of(7, 8))
  })

  it('reads bytes that do not lie aligned', () => {
    const bytes = encode({ a: Float64Array.of(0.5), b: 'é' })
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decode(shifted.subarray(3), LIMITS)).toStrictEqual({ a: Float64Array.of(0.5), b: 'é' })
  })

  it('leaves out undefined properties, and throws on what is no data', () => {
    expect(there({ a: undefined, b: 1 })).toStrictEqual({ b: 1 })
    for (const value of [() => 1, Symbol('x'), 1n, new Date(0), new Map(), new DataView(new ArrayBuffer(8))]) {
      expect(() => encode({ value })).toThrow(TypeError)
    }
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(() => encode(circle)).toThrow(TypeError)
  })

  it('lets no key reach a prototype', () => {
    const polluted = decode(frame('{"value":{"__proto__":{"polluted":1},"constructor":null},"marks":[]}'), LIMITS) as object
    expect(Object.hasOwn(polluted, '__proto__')).toBe(true)
    expect(Object.getPrototypeOf(polluted)).toBe(Object.prototype)
    for (const path of [['__proto__', 'x'], ['constructor', 'prototype', 'x'], ['__proto__'], ['toString']]) {
      expect(() => decode(frame({ value: {}, marks: [[path, 'NaN']] }), LIMITS)).toThrow(CodecError)
    }
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['less than its prefix', new Uint8Array(3)],
    ['a header longer than the message', Uint8Array.of(255, 0, 0, 0, 123, 125)],
    ['a header of four gigabytes', Uint8Array.of(255, 255, 255, 255, 123, 125, 0, 0)],
    ['no JSON', frame('{')],
    ['no UTF-8', Uint8Array.of(2, 0, 0, 0, 0xc3, 0x28, 0, 0)],
    ['a header that is no object', frame('[]')],
    ['a header without marks', frame({ value: 1 })],
    ['marks that are no list', frame({ value: 1, marks: {} })],
    ['a mark without path', frame({ value: null, marks: [['x']] })],
    ['a mark of an unknown kind', frame({ value: null, marks: [[[], 'DataView', 8]] }, 8)],
    ['a mark named as a method of objects', frame({ value: null, marks: [[[], 'constructor', 8]] }, 8)],
    ['an array longer than the message', frame({ value: null, marks: [[[], 'Uint8Array', 2 ** 40]] }, 8)],
    ['an array of negative size', frame({ value: null, marks: [[[], 'Uint8Array', -8]] }, 8)],
    ['an array of broken size', frame({ value: null, marks: [[[], 'Float64Array', 7]] }, 8)],
    ['a mark beside the value', frame({ value: {}, marks: [[['a', 'b'], 'NaN']] })],
    ['a mark over another value', frame({ value: { a: 1 }, marks: [[['a'], 'NaN']] })],
    ['a path of objects', frame({ value: { a: null }, marks: [[[{}], 'NaN']] })],
  ])('refuses %s', (_title, bytes) => {
    expect(() => decode(bytes, LIMITS)).toThrow(CodecError)
  })

  it('refuses random bytes and cut messages without any other error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(), message, (noise, at, value) => {
        const whole = encode(value)
        for (const bytes of [noise, whole.slice(0, at % (whole.length + 1)), flipped(whole, at)]) {
          try {
            decode(bytes, LIMITS)
          } catch (error) {
            expect(error).toBeInstanceOf(CodecError)
          }
        }
      }),
    )
  })

  it('refuses a header above the limit before it reads it', () => {
    expect(() => decode(encode('x'.repeat(100)), { header: 64 })).toThrow(/at most 64/)
  })
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at % copy.length] ^= 1 << (at % 8)
  return copy
}
