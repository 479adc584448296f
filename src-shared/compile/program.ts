import type { DType, Graph, Shape, Tensor } from '@shared/graph'

/** A named piece of state as people, checkpoints and exports know it: `dense1.kernel`, `adam.m/dense1.kernel`. */
export interface StateView {
  readonly name: string
  readonly shape: Shape
  /** First element in the entry that holds it. */
  readonly offset: number
}

/**
 * One state tensor of a program. Small weights share an entry (flat, one update for all of them): `views` says what
 * lies where. All state is float32. Entries of the train, evaluate and predict programs of one model have the same
 * names and shapes; evaluation reads those that it needs.
 */
export interface StateEntry {
  readonly name: string
  readonly shape: Shape
  readonly views: readonly StateView[]
  /** Placeholder of the value before the step. */
  readonly tensor: Tensor
  /** Value after the step; null where the program does not change it. */
  readonly next: Tensor | null
}

/** Rows of a resident table, gathered by the step's row numbers: `[batch, …row shape]`. */
export interface RowInput {
  readonly table: 'features' | 'targets' | 'teacher' | 'teacherFeature'
  readonly tensor: Tensor
}

/** Who computes a step input's value: the number of updates made before, a random key or a Beta(α, α) value of this stream, one of the optimizer's scalars, or
 *  the standard deviation of gradient noise. */
export type StepSource =
  | { readonly kind: 'random'; readonly stream: string }
  | { readonly kind: 'step' }
  | { readonly kind: 'beta'; readonly stream: string; readonly alpha: number }
  /** `rateFactor`: of the weights that it is for; 1 unless given. */
  | { readonly kind: 'optimizer'; readonly scalar: string; readonly rateFactor?: number }
  /** Fed by whoever runs the program. */
  | { readonly kind: 'given' }
  /** What stays of averaged weights, and what enters them: together 1. */
  | { readonly kind: 'average'; readonly part: 'keep' | 'enter' }
  | { readonly kind: 'gradientNoise'; readonly variance: number; readonly decay: number }

/** Fed with every step: learning rate, bias corrections, random key. */
export interface StepInput {
  readonly source: StepSource
  readonly name: string
  readonly dtype: DType
  readonly shape: Shape
  readonly tensor: Tensor
}

export interface ProgramOutput {
  readonly name: string
  readonly tensor: Tensor
}

/** Everything an engine needs to execute one kind of step. Shapes are fixed: a partial batch is another program. */
export interface Program {
  readonly kind: 'train' | 'evaluate' | 'predict' | 'probe'
  readonly batchSize: number
  readonly graph: Graph
  readonly state: readonly StateEntry[]
  readonly rows: readonly RowInput[]
  readonly steps: readonly StepInput[]
  readonly outputs: readonly ProgramOutput[]
}
