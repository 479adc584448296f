import type { z } from 'zod'
import type { Shape, Tensor } from '@shared/graph'
import type { Definition, OptionsOf } from '../definition'

/** What the data set gives to learn: class labels int32 `[batch]`, or `[batch, positions]` where a sequence has one at
 *  every position; or float32 `[batch, …shape]`. */
export type TargetInfo =
  | { readonly kind: 'class'; readonly classes: number; readonly classNames: readonly string[]; readonly positions?: number }
  | {
      readonly kind: 'value'
      readonly shape: Shape
      readonly names: readonly string[]
      /** Training means of the targets as trained on, row-major, where known. Sums of squares are taken around them:
       *  results do not depend on them but for float32's rounding. */
      readonly means?: readonly number[]
    }

/** A model's output as losses and metrics see it. */
export interface ModelOutput {
  /** `[batch, …]`, after the final activation. */
  readonly output: Tensor
  /** What went into the final softmax or sigmoid, where the model ends in one: losses are computed on it, stably. */
  readonly logits: { readonly tensor: Tensor; readonly activation: 'softmax' | 'sigmoid' } | null
}

/** How a model ends, as far as a loss must know. */
export interface ModelEnd {
  /** Type of the last activation; null where the last layer has none (an addition, a pooling). */
  readonly activation: string | null
}

export interface LossDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** What makes probabilities of the logits that it is computed on; absent where it takes none. */
  readonly activation?: 'softmax' | 'sigmoid'
  /** A code (see `Issue`) with args when this loss cannot be used with such a target and output, else null. Without
   *  `end` only shapes are checked. */
  check(target: TargetInfo, outputShape: Shape, end?: ModelEnd & { readonly options: OptionsOf<Definition<S>> }): { readonly code: string; readonly args: Readonly<Record<string, string | number>> } | null
  /** Loss of every sample, `[batch]`. */
  lower(model: ModelOutput, target: Tensor, info: TargetInfo, options: OptionsOf<Definition<S>>): Tensor
}

/** Checks a definition while keeping the types of its options. */
export function defineLoss<S extends z.ZodObject>(definition: LossDefinition<S>): LossDefinition<S> {
  return definition
}
