import type { z } from 'zod'
import type { Tensor } from '@shared/graph'
import type { Definition, Text } from '../definition'

/** Whose formula: frameworks disagree in defaults and in the rule itself (see docs/optimizers.md). */
export type Dialect = 'keras' | 'pytorch' | 'textbook'

export type Hyperparameters = Readonly<Record<string, number | boolean | string>>

export interface StepContext {
  /** Number of this update, from 1. */
  readonly step: number
  /** This update's learning rate, after schedule and warm-up. */
  readonly learningRate: number
}

export interface UpdateInputs {
  readonly weight: Tensor
  /** Gradient, of the weight's shape, after clipping, penalties and coupled weight decay. */
  readonly gradient: Tensor
  readonly slots: Readonly<Record<string, Tensor>>
  /** What `scalars` returned for this step, as float32 scalars. */
  readonly scalars: Readonly<Record<string, Tensor>>
}

export interface DialectRule {
  readonly defaults: Hyperparameters
  /** LaTeX of the update in this dialect. */
  readonly formula: string
  readonly source: string
  /** How it differs from the other dialects, in words. */
  readonly note: Text
  /** State kept for each weight, of its shape, and its first value. */
  slots(options: Hyperparameters): readonly { readonly name: string; readonly initial: number }[]
  /**
   * Everything that varies by step, computed in float64 outside the graph (bias corrections lose half their digits in
   * float32). Always the same names for the same options.
   */
  scalars(options: Hyperparameters, step: StepContext): Readonly<Record<string, number>>
  /** One update, elementwise: also used on several weights flattened into one. */
  update(inputs: UpdateInputs, options: Hyperparameters): { readonly weight: Tensor; readonly slots: Readonly<Record<string, Tensor>> }
}

/**
 * One file per optimiser. `options` holds the union of the dialects' options, all optional without defaults (defaults
 * belong to the dialect); `resolveOptimizer` fills them in.
 */
export interface OptimizerDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  readonly dialects: Readonly<Partial<Record<Dialect, DialectRule>>>
  /** `decoupled`: w ← w − lr·λ·w whatever the dialect (AdamW); `dialect`: Keras decoupled, PyTorch and textbook g ← g + λw. */
  readonly weightDecay: 'decoupled' | 'dialect'
}
