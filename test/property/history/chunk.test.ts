import { fc } from '@test/helpers/property'
import { expect, test } from 'vitest'
import { CHUNK_POINTS, decodeChunk, encodeChunk } from '@main/core/history/chunk'

const count = fc.integer({ min: 1, max: CHUNK_POINTS })
const steps = (length: number): fc.Arbitrary<Float64Array> =>
  fc.oneof(
    fc.tuple(fc.maxSafeNat().map((first) => Math.floor(first / 2 ** 20)), fc.nat({ max: 1000 })).map(([first, stride]) => Float64Array.from({ length }, (_, index) => first + stride * index)),
    fc.array(fc.maxSafeNat(), { minLength: length, maxLength: length }).map((all) => Float64Array.from(all).sort()),
  )
const values = (length: number): fc.Arbitrary<Float64Array> =>
  fc.oneof(
    fc.float64Array({ minLength: length, maxLength: length }),
    fc.float32Array({ minLength: length, maxLength: length }).map((narrow) => new Float64Array(narrow)),
  )
/** Whole microseconds. */
const times = (length: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.nat({ max: 1e15 }), { minLength: length, maxLength: length }).map((all) => Float64Array.from(all, (time) => time / 1e6).sort())

test('steps and values come back bit for bit, times within 2⁻²⁴ of the chunk’s duration and in order', () => {
  const points = count.chain((length) => fc.record({ steps: steps(length), values: values(length), times: times(length) }))
  fc.assert(
    fc.property(points, fc.nat({ max: 7 }), (given, offset) => {
      const bytes = encodeChunk(given)
      const moved = new Uint8Array(bytes.length + offset).subarray(offset)
      moved.set(bytes)
      const decoded = decodeChunk(moved)
      expect(decoded.steps).toEqual(given.steps)
      expect(decoded.values).toEqual(given.values)
      const duration = given.times[given.times.length - 1] - given.times[0]
      given.times.forEach((time, index) => {
        // Half a float32 unit of the offset, and rounding of the sum.
        expect(Math.abs(decoded.times[index] - time)).toBeLessThanOrEqual(duration * 2 ** -24 + time * Number.EPSILON)
        if (index > 0) expect(decoded.times[index]).toBeGreaterThanOrEqual(decoded.times[index - 1])
      })
    }),
    { numRuns: 200 },
  )
})

test('a training loop’s points take 8 bytes each', () => {
  const steps = Float64Array.from({ length: CHUNK_POINTS }, (_, index) => 5000 + index)
  const values = Float64Array.from(steps, (step) => Math.fround(1 / step))
  expect(encodeChunk({ steps, values, times: steps }).length).toBe(8 * CHUNK_POINTS + 40)
})

test('bytes that are no chunk are refused', () => {
  const { buffer } = encodeChunk({ steps: Float64Array.of(1, 5, 6), values: Float64Array.of(0.1, 0.2, 0.3), times: Float64Array.of(0, 1, 2) })
  const whole = new Uint8Array(buffer)
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: whole.length - 1 }).map((length) => whole.slice(0, length))), (bytes) => {
      expect(() => decodeChunk(bytes)).toThrow('history-damaged')
    }),
  )
})
