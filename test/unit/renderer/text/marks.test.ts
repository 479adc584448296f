import { expect, it } from 'vitest'
import { encodeBase64 } from '@shared/lib/base64'
import { marksOf, summaryOf } from '@renderer/views/text/marks'

it('each character has its probability and the one that was expected, whatever its length in UTF-16', () => {
  const marks = marksOf({ before: '', characters: 'a𝕏\n', told: encodeBase64(Uint8Array.of(255, 0, 51)), guessed: 'a\n𝕏' })
  expect(marks).toEqual([{ character: 'a', told: 1, guessed: 'a' }, { character: '𝕏', told: 0, guessed: '\n' }, { character: '\n', told: 0.2, guessed: '𝕏' }])
  const { perplexity, right } = summaryOf(marks)
  expect(right).toBe(1 / 3)
  expect(perplexity).toBeCloseTo((1 * 510 * 5) ** (1 / 3), 9)
})
