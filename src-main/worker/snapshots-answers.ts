import type { TrainingPlan } from '@shared/compile'
import type { PreparedData } from '@shared/data/types'
import { sizeOf } from '@shared/graph'
import type { Answer } from '@shared/protocol/snapshot'

/** Numbers of each sample as people read them: probabilities of classes, or values in the data's own unit. */
export interface Answers {
  /** Per sample (per position, where each has a class): one for each class, 1 for the probability of class 1 alone, 1 for
   *  values (the first component). */
  readonly outputs: number
  /** `[samples, outputs]`, or `[samples, positions, outputs]`. */
  readonly values: Float32Array
}

/** `output`: the model's, `[samples, …output shape]`; `last`: the op that computed it. */
export function readAnswers(plan: TrainingPlan, data: Pick<PreparedData, 'targetPreprocessing'>, output: Float32Array, last: string): Answers {
  const { target } = plan.data
  const whole = sizeOf(plan.model.outputShape)
  if (target.kind === 'value') return { outputs: 1, values: firstValues(output, whole, data) }
  const size = whole / (target.positions ?? 1)
  const values = Float32Array.from(output)
  const { definition, options } = plan.loss
  // As metrics: of what the loss takes for logits, unless the model ends in that activation itself.
  const made = options.fromLogits === true && last !== definition.activation ? definition.activation : undefined
  if (made === 'sigmoid') values.forEach((value, index) => (values[index] = 1 / (1 + Math.exp(-value))))
  if (made === 'softmax') for (let at = 0; at < values.length; at += size) softmaxInPlace(values.subarray(at, at + size))
  return { outputs: size, values }
}

/** Every class's probability for one sample (or position). */
export function probabilitiesOf({ outputs, values }: Answers, at: number): ArrayLike<number> {
  return outputs === 1 ? [1 - values[at], values[at]] : values.subarray(at * outputs, (at + 1) * outputs)
}

/** What is said of one sample in a word. */
export function answerOf({ outputs, values }: Answers, sample: number, classes: boolean): Answer {
  const at = sample * outputs
  if (!classes) return { predicted: values[at], certainty: null }
  if (outputs === 1) {
    const positive = values[at] > 0.5
    return { predicted: positive ? 1 : 0, certainty: rounded(positive ? values[at] : 1 - values[at]) }
  }
  let best = 0
  for (let output = 1; output < outputs; output++) if (values[at + output] > values[at + best]) best = output
  return { predicted: best, certainty: rounded(values[at + best]) }
}

/** How wrong it is: 0 for a class that was told right, else 1 minus the true class's probability; distances for values. */
export function errorOf(answers: Answers, sample: number, truth: number, classes: boolean): number {
  const { predicted } = answerOf(answers, sample, classes)
  if (!classes) return Math.abs(predicted - truth)
  if (predicted === truth) return 0
  const { outputs, values } = answers
  if (outputs === 1) return truth === 1 ? 1 - values[sample] : values[sample]
  return 1 - values[sample * outputs + truth]
}

/** Targets in the data's own unit: class numbers, or the first component of values. */
export function truthOf(data: PreparedData, targets: Int32Array | Float32Array, row: number): number {
  const { target, targetPreprocessing: fitted } = data
  if (target.kind === 'class') return targets[row]
  const value = targets[row * sizeOf(target.shape)]
  return fitted === null ? value : value / fitted.scale[0] + fitted.shift[0]
}

function firstValues(output: Float32Array, size: number, { targetPreprocessing: fitted }: Pick<PreparedData, 'targetPreprocessing'>): Float32Array {
  const [shift, scale] = fitted === null ? [0, 1] : [fitted.shift[0], fitted.scale[0]]
  return Float32Array.from({ length: output.length / size }, (_, sample) => output[sample * size] / scale + shift)
}

function softmaxInPlace(scores: Float32Array): void {
  const top = scores.reduce((most, score) => Math.max(most, score), -Infinity)
  let sum = 0
  for (let index = 0; index < scores.length; index++) sum += scores[index] = Math.exp(scores[index] - top)
  for (let index = 0; index < scores.length; index++) scores[index] /= sum
}

/** Three digits are enough to read, and keep events small. JSON has no NaN: what is none becomes 0. */
function rounded(probability: number): number {
  return Number.isFinite(probability) ? Math.round(Math.min(1, Math.max(0, probability)) * 1000) / 1000 : 0
}
