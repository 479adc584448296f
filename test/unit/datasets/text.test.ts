import { describe, expect, test } from 'vitest'
import { decodeText, drawClass, encodeText, textCodec, textRequestSchema, windowAfter, type TextCodec } from '@shared/data/text'
import { randomSource } from '@shared/lib/random'
import { need, parseDocument } from '@shared/spec'

const CODEC: TextCodec = { characters: ['\n', 'a', 'b', 'é'], length: 4, stride: 1, everywhere: true, lowercase: true }

describe('text and numbers', () => {
  test('go into each other; small letters and line ends as the data set has them', () => {
    expect(encodeText(CODEC, 'Ab\r\nÉ')).toEqual({ ok: true, value: [1, 2, 0, 3] })
    expect(decodeText([1, 2, 0, 3], CODEC)).toBe('ab\né')
    expect(encodeText({ ...CODEC, lowercase: false }, 'A')).toMatchObject({ ok: false, issues: [{ code: 'text-character', args: { character: 'A', known: 'a b é' } }] })
  })

  test('a window holds the last characters, or few at its beginning', () => {
    expect(windowAfter([1, 2], CODEC)).toEqual({ window: Float32Array.of(1, 2, 0, 0), position: 1 })
    expect(windowAfter([3, 3, 1, 2, 1, 2], CODEC)).toEqual({ window: Float32Array.of(1, 2, 1, 2), position: 3 })
  })

  test('only data sets of text have them', () => {
    const parsed = (dataset: object) => {
      return need(parseDocument({ format: 1, name: 'x', dataset, model: { nodes: [{ type: 'dense', units: 1 }] }, training: { loss: 'mse', optimizer: 'adam', epochs: 1 } }))
    }
    const target = { kind: 'class', classes: 2, classNames: ['a', 'b'] } as const
    expect(textCodec(parsed({ type: 'text', stride: 3, lowercase: true }), { sampleShape: [9], target })).toEqual({ characters: ['a', 'b'], length: 9, stride: 3, everywhere: false, lowercase: true })
    expect(textCodec(parsed({ type: 'text', targets: 'every' }), { sampleShape: [9], target: { ...target, positions: 9 } })).toMatchObject({ everywhere: true })
    expect(textCodec(parsed({ type: 'text' }), { sampleShape: [9], target: { kind: 'value', shape: [9], names: [] } })).toBeNull()
    expect(textCodec(parsed({ type: 'digits' }), { sampleShape: [9], target })).toBeNull()
  })
})

describe('a drawn class', () => {
  const PROBABILITIES = Float32Array.of(0.1, 0, 0.6, 0.3)

  test.each([
    [1, [0.1, 0, 0.6, 0.3]],
    [0.5, [0.01 / 0.46, 0, 0.36 / 0.46, 0.09 / 0.46]],
    [0, [0, 0, 1, 0]],
  ])('at temperature %d comes as often as its power says', (temperature, shares) => {
    const random = randomSource(5)
    const counts = [0, 0, 0, 0]
    for (let draw = 0; draw < 20_000; draw++) counts[drawClass(PROBABILITIES, temperature, random.uniform())] += 1
    // Five standard deviations of a share of 20,000 draws.
    shares.forEach((share, each) => expect(Math.abs(counts[each] / 20_000 - share)).toBeLessThanOrEqual(5 * Math.sqrt((share * (1 - share)) / 20_000)))
  })

  test('is one of them at the ends of the numbers, and where there is no probability', () => {
    expect([drawClass(PROBABILITIES, 1, 0), drawClass(PROBABILITIES, 1, 1 - 2 ** -53)]).toEqual([0, 3])
    expect(drawClass(Float32Array.of(NaN, NaN), 1, 0.5)).toBe(0)
    // Tiny probabilities and temperatures neither vanish nor overflow.
    expect(drawClass(Float32Array.of(1e-38, 1e-40), 0.01, 0.5)).toBe(0)
  })
})

test('what is asked has defaults, and bounds', () => {
  expect(textRequestSchema.parse({})).toEqual({ prompt: '', length: 200, temperature: 0.7, seed: 1 })
  for (const wrong of [{ length: 0 }, { temperature: -1 }, { seed: 2 ** 32 }, { prompt: 1 }, { more: 1 }]) expect(textRequestSchema.safeParse(wrong).success).toBe(false)
})
