/**
 * What a model answers at a moment of training, small enough to be recorded often: live pictures and replays show it.
 * Bytes stand as base64, so that it is plain JSON. Taken of a run only where someone may look; never changes a result.
 */
export type Snapshot = PlaneSnapshot | AnswersSnapshot | TextSnapshot

/** Models of two numeric features: answers on a grid over the data. */
export interface PlaneSnapshot {
  readonly kind: 'plane'
  /** Values of the first feature, before preprocessing, at the grid's first and last column. */
  readonly x: readonly [from: number, to: number]
  /** Of the second feature, at the first and last row. */
  readonly y: readonly [from: number, to: number]
  /** Columns and rows of the grid. */
  readonly size: number
  /** Numbers per cell: one probability per class, the probability of class 1 alone, or one predicted value. */
  readonly outputs: number
  /** What the bytes 0 and 255 stand for: `[0, 1]` for probabilities. */
  readonly range: readonly [low: number, high: number]
  /** Base64 of bytes, `[size rows, size columns, outputs]`. */
  readonly data: string
}

/** Models of images: answers for the samples that the run's {@link Pictures} of purpose `samples` show, in their order. */
export interface AnswersSnapshot {
  readonly kind: 'answers'
  readonly answers: readonly Answer[]
}

export interface Answer {
  /** Class number, or the predicted value in the data's own unit. */
  readonly predicted: number
  /** Probability of the predicted class; null for values. */
  readonly certainty: number | null
}

/** Models of text: how probable they find what they have not learned, and what they write by themselves. */
export interface TextSnapshot {
  readonly kind: 'text'
  /** Where the stretches are from. */
  readonly part: 'validation' | 'test' | 'train'
  readonly stretches: readonly TextStretch[]
  /** What was written on from: the end of it. */
  readonly prompt: string
  readonly written: string
}

/** Consecutive characters. */
export interface TextStretch {
  /** What stands before them: the end of it. */
  readonly before: string
  readonly characters: string
  /** Base64 of one byte a character: its probability after those before it, 255 for 1. */
  readonly told: string
  /** The likeliest characters in their places. */
  readonly guessed: string
}

/** Images out of the data, recorded once so that answers can be shown beside them. */
export interface Pictures {
  /** `samples`: the first of the part; `worst`: those that the trained model gets most wrong, worst first. */
  readonly purpose: 'samples' | 'worst'
  readonly part: 'validation' | 'test' | 'train'
  /** `[channels, height, width]`; one channel is gray, three are RGB. */
  readonly shape: readonly [channels: number, height: number, width: number]
  readonly count: number
  /** Base64 of bytes, `[count, …shape]`: 0 is the darkest value of all, 255 the brightest. */
  readonly data: string
  /** Rows of the data's source, for those who look them up. */
  readonly rows: readonly number[]
  /** Class numbers, or true values. */
  readonly truths: readonly number[]
  /** With `worst`: what the model said instead. */
  readonly answers: readonly Answer[] | null
}
