import type { z } from 'zod'
import type { Tensor } from '@shared/graph'
import type { Definition, Text } from '../definition'

/** Whose formula: frameworks disagree in defaults and in the rule itself (see docs/optimizers.md). */
export const DIALECTS = ['keras', 'pytorch', 'textbook'] as const
export type Dialect = (typeof DIALECTS)[number]

export type Hyperparameters = Readonly<Record<string, number | boolean | string>>

export interface StepContext {
  /** Number of this update, from 1. */
  readonly step: number
  /** This update's learning rate, after schedule and warm-up. */
  readonly learningRate: number
  /** This update's value of the option that momentum cycling drives; undefined where it stays. */
  readonly momentum?: number
}

export interface UpdateInputs {
  readonly weight: Tensor
  /** Gradient, of the weight's shape, after clipping, penalties and coupled weight decay. */
  readonly gradient: Tensor
  /** As stored: the true value is `scale` times this. */
  readonly slots: Readonly<Record<string, Tensor>>
  /** What `scalars` returned for this step, as float32 scalars. */
  readonly scalars: Readonly<Record<string, Tensor>>
}

export interface UpdateOutputs {
  readonly weight: Tensor
  readonly slots: Readonly<Record<string, Tensor>>
}

/** State kept for each weight, of its shape. */
export interface Slot {
  readonly name: string
  /** First stored value. */
  readonly initial: number
  /**
   * True value = scale × stored value. Moments are stored without their (1 − β), which saves one pass over memory per
   * moment and step; checkpoints and exports that speak of m and v multiply.
   */
  readonly scale: number
}

/** An option that contradicts another one. */
export interface OptionProblem {
  readonly code: string
  readonly option: string
  readonly args: Readonly<Record<string, string | number>>
}

/** What the graph needs of a rule; shared between definitions that differ only in defaults. */
export interface RuleCore<O extends Hyperparameters = Hyperparameters> {
  slots(options: O): readonly Slot[]
  /** Where the gradient is taken; at the weight itself unless given. */
  point?(inputs: Pick<UpdateInputs, 'weight' | 'slots' | 'scalars'>, options: O): Tensor
  /** Option that a schedule may move against the rate; absent where none can be moved. */
  readonly cycles?: 'momentum' | 'beta1'
  /**
   * Everything that varies by step, computed in float64 outside the graph (bias corrections lose half their digits in
   * float32). Always the same names for the same options
   * (and one or two more where momentum is given).
   */
  scalars(options: O, step: StepContext): Readonly<Record<string, number>>
  /** One update, elementwise: also used on several weights flattened into one. */
  update(inputs: UpdateInputs, options: O): UpdateOutputs
}

export interface DialectRule<O extends Hyperparameters = Hyperparameters> extends RuleCore<O> {
  /** Every option that the dialect knows beside the common ones, with its default; others are refused. */
  readonly defaults: O
  /** Default learning rate. */
  readonly learningRate: number
  /** Default weight decay; 0 is none. */
  readonly weightDecay: number
  /** LaTeX of the update in this dialect. */
  readonly formula: string
  readonly source: string
  /** How it differs from the other dialects, in words. */
  readonly note: Text
  /** The first contradiction among options, or null; absent where none is possible. */
  check?(options: O): OptionProblem | null
}

/**
 * One file per optimizer. `options` holds the common options ({@link optimizerOptions}) and the union of the dialects'
 * own, all optional without defaults (defaults belong to the dialect); `resolveOptimizer` fills them in.
 */
export interface OptimizerDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  readonly dialects: Readonly<Partial<Record<Dialect, DialectRule>>>
  /**
   * `decoupled`: the weight shrinks beside the step whatever the dialect (AdamW); `dialect`: Keras decoupled, PyTorch
   * and textbook g ← g + λw.
   */
  readonly weightDecay: 'decoupled' | 'dialect'
}

/** Checks a definition while keeping the types of its options. */
export function defineOptimizer<S extends z.ZodObject>(definition: OptimizerDefinition<S>): OptimizerDefinition<S> {
  return definition
}
