import { Graph, evaluateGraph, greater, randomBits } from '@shared/graph'
import { hashWords } from '@shared/lib/random'
import { beforeAll, describe, expect, test } from 'vitest'

/*
 * Dropout keeps the elements whose bits exceed a threshold. Every statistic here is asymptotically standard normal if
 * the masks are independent; seeds are fixed, and |z| < 4 leaves a failure by chance at 1 in 16,000 per statistic.
 */
const ELEMENTS = 512
const STEPS = 2000
const LIMIT = 4

type Key = readonly [number, number]

/** One mask per key, `probability` being that of a 1. */
function masksOf(keys: readonly Key[], probability: number): Uint8Array[] {
  const graph = new Graph()
  const bits = randomBits(graph.input('key', 'int32', [2]), [ELEMENTS])
  const mask = greater(bits, Math.round((0.5 - probability) * 2 ** 32))
  return keys.map((key) => Uint8Array.from(evaluateGraph([mask], new Map([['key', { shape: [2], data: Float64Array.from(key) }]]))[0].data))
}

/** As the trainer makes them. */
const keyOf = (stream: string, step: number): Key => [hashWords(1, 42, stream, step), hashWords(2, 42, stream, step)]
const hashedKeys = Array.from({ length: STEPS }, (_, step) => keyOf('dropout1', step))
const otherKeys = Array.from({ length: STEPS }, (_, step) => keyOf('dropout2', step))
const countingKeys = Array.from({ length: STEPS }, (_, step): Key => [12_345, step])

/** How far a sum of `counts.length` squared standard deviations of binomials is from its expectation, in its own deviations. */
function chiSquareZ(counts: readonly number[], trials: number, probability: number): number {
  const variance = trials * probability * (1 - probability)
  const total = counts.reduce((sum, count) => sum + (count - trials * probability) ** 2 / variance, 0)
  return (total - counts.length) / Math.sqrt(2 * counts.length)
}

/** Correlation of pairs of 0/1 values, times √pairs. */
function correlationZ(pairs: Iterable<readonly [number, number]>, probability: number): number {
  let total = 0
  let count = 0
  for (const [a, b] of pairs) {
    total += (a - probability) * (b - probability)
    count++
  }
  return total / (probability * (1 - probability) * Math.sqrt(count))
}

function* neighbors(masks: readonly Uint8Array[], distance: number): Generator<[number, number]> {
  for (const mask of masks) for (let at = distance; at < ELEMENTS; at++) yield [mask[at - distance], mask[at]]
}

function* elementwise(left: readonly Uint8Array[], right: readonly Uint8Array[]): Generator<[number, number]> {
  for (const [step, mask] of right.entries()) for (let at = 0; at < ELEMENTS; at++) yield [left[step][at], mask[at]]
}

/** Of the step before, and the step itself. */
const successive = (masks: readonly Uint8Array[]): Generator<[number, number]> => elementwise(masks, masks.slice(1))

const ones = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0)
const onesByElement = (masks: readonly Uint8Array[]): number[] => Array.from({ length: ELEMENTS }, (_, at) => masks.reduce((sum, mask) => sum + mask[at], 0))

describe.each([0.1, 0.5, 0.8])('masks of probability %f', (probability) => {
  let masks: Uint8Array[] = []
  beforeAll(() => {
    masks = masksOf(hashedKeys, probability)
  })

  test('hold a binomial number of ones per step', () => {
    expect(Math.abs(chiSquareZ(masks.map(ones), ELEMENTS, probability))).toBeLessThan(LIMIT)
  })

  test('hold a binomial number of ones per element over the steps', () => {
    expect(Math.abs(chiSquareZ(onesByElement(masks), STEPS, probability))).toBeLessThan(LIMIT)
  })

  test.each([1, 2, 3, 8, 16, 28, 128, 256])('do not correlate at a distance of %i elements', (distance) => {
    expect(Math.abs(correlationZ(neighbors(masks, distance), probability))).toBeLessThan(LIMIT)
  })

  test('do not correlate between successive steps', () => {
    expect(Math.abs(correlationZ(successive(masks), probability))).toBeLessThan(LIMIT)
  })

  test('do not correlate between two layers in one step', () => {
    expect(Math.abs(correlationZ(elementwise(masks, masksOf(otherKeys, probability)), probability))).toBeLessThan(LIMIT)
  })
})

test('the statistics notice bad masks: keys that count instead of being hashed', () => {
  const masks = masksOf(countingKeys, 0.5)
  expect(Math.abs(correlationZ(successive(masks), 0.5))).toBeGreaterThan(10 * LIMIT)
  expect(Math.abs(chiSquareZ(onesByElement(masks), STEPS, 0.5))).toBeGreaterThan(LIMIT)
})

test('every bit is 1 half of the time, and every top byte as often as others', () => {
  const graph = new Graph()
  const bits = randomBits(graph.input('key', 'int32', [2]), [ELEMENTS])
  const perBit = new Array<number>(32).fill(0)
  const perByte = new Array<number>(256).fill(0)
  for (const key of hashedKeys) {
    for (const value of evaluateGraph([bits], new Map([['key', { shape: [2], data: Float64Array.from(key) }]]))[0].data) {
      for (let bit = 0; bit < 32; bit++) perBit[bit] += (value >>> bit) & 1
      perByte[value >>> 24]++
    }
  }
  const draws = STEPS * ELEMENTS
  for (const count of perBit) expect(Math.abs(count - draws / 2) / Math.sqrt(draws / 4)).toBeLessThan(LIMIT)
  expect(Math.abs(chiSquareZ(perByte, draws, 1 / 256))).toBeLessThan(LIMIT)
})
