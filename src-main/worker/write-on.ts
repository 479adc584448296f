import type { TrainingPlan } from '@shared/compile'
import { decodeText, drawClass, windowAfter, type TextCodec, type TextRequest } from '@shared/data/text'
import { randomSource } from '@shared/lib/random'
import { probabilitiesOf, readAnswers } from './snapshots-answers'

/** A model that answers one sample: its output, and the op that computed it. */
export interface AnsweringModel {
  readonly plan: TrainingPlan
  readonly answer: (sample: Float32Array) => Promise<{ readonly output: Float32Array; readonly last: string }>
}

/** Characters that a model writes after `context`, one after another. */
export async function writeOn({ plan, answer }: AnsweringModel, codec: TextCodec, { context, length, temperature, seed }: Omit<TextRequest, 'prompt'> & { readonly context: readonly number[] }): Promise<string> {
  const codes = [...context]
  for (let index = 0; index < length; index++) {
    const { window, position } = windowAfter(codes, codec)
    const { output, last } = await answer(window)
    const probabilities = probabilitiesOf(readAnswers(plan, { targetPreprocessing: null }, output, last), codec.everywhere ? position : 0)
    codes.push(drawClass(probabilities, temperature, randomSource(seed, 'text', index).uniform()))
  }
  return decodeText(codes.slice(context.length), codec)
}
