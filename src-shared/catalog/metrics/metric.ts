import type { z } from 'zod'
import type { Shape, Tensor } from '@shared/graph'
import type { Definition, OptionsOf } from '../definition'
import type { ModelEnd, ModelOutput, TargetInfo } from '../losses/loss'

/**
 * A metric is a vector of sums over samples (exact over any batching, added up in float64 outside) and a function from
 * the totals to what people read.
 */
export interface MetricDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Which way is better; `null` where neither is (confusion matrix). */
  readonly better: 'higher' | 'lower' | null
  readonly result: 'scalar' | 'matrix'
  /** Key of the result in records: `accuracy`, `top5Accuracy`. */
  key(options: OptionsOf<Definition<S>>): string
  /** As a loss's: a code with args when this metric cannot measure such a target and output. Without `end` only shapes
   *  are checked. */
  check(target: TargetInfo, outputShape: Shape, end?: ModelEnd & { readonly options: OptionsOf<Definition<S>> }): { readonly code: string; readonly args: Readonly<Record<string, string | number>> } | null
  /** Sums over the batch, float32 `[n]` with n fixed by options and target. */
  lower(model: ModelOutput, target: Tensor, info: TargetInfo, options: OptionsOf<Definition<S>>): Tensor
  /** The metric of `count` samples from their summed vector; scalars give one number, matrices row-major. */
  finish(sums: Float64Array, count: number, info: TargetInfo, options: OptionsOf<Definition<S>>): Float64Array
}

/** Checks a definition while keeping the types of its options. */
export function defineMetric<S extends z.ZodObject>(definition: MetricDefinition<S>): MetricDefinition<S> {
  return definition
}
