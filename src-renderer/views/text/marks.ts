import { decodeBase64 } from '@shared/lib/base64'
import type { TextStretch } from '@shared/protocol/snapshot'

/** A character of held-out text, and what the model thought of it. */
export interface Mark {
  readonly character: string
  /** Its probability after what stands before it. */
  readonly told: number
  /** The likeliest character there. */
  readonly guessed: string
}

export function marksOf({ characters, told, guessed }: TextStretch): readonly Mark[] {
  const probabilities = decodeBase64(told)
  const guesses = [...guessed]
  return [...characters].map((character, index) => ({ character, told: probabilities[index] / 255, guessed: guesses[index] }))
}

/** What the marks say together; a probability that was rounded to 0 counts as half of the smallest. */
export function summaryOf(marks: readonly Mark[]): { readonly perplexity: number; readonly right: number } {
  const bits = marks.reduce((sum, { told }) => sum - Math.log(Math.max(told, 1 / 510)), 0)
  return { perplexity: Math.exp(bits / marks.length), right: marks.filter(({ character, guessed }) => character === guessed).length / marks.length }
}
