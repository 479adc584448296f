import { readFileSync } from 'node:fs'
import { optimizerSchema, type ResolvedOptimizer, resolveOptimizer } from '@shared/catalog/optimizers'
import { need } from '@shared/spec'

/** The golden runs of `optimizers.json`: 20 updates each in PyTorch and Keras, float64, rate ÷ 10 from update 11 on. */

export interface GoldenRun {
  readonly framework: 'torch' | 'keras'
  /** `SGD momentum`, `Adam amsgrad`: class and mode. */
  readonly optimizer: string
  readonly cls: string
  readonly setting: 'default' | 'nondefault'
  /** What the framework's constructor was given; all else was its default. */
  readonly args: Readonly<Record<string, number | boolean | readonly number[]>>
  readonly function: 'rosen' | 'logreg'
  /** Weights after update 1 … 20. */
  readonly params: readonly (readonly number[])[]
}

interface GoldenFile {
  readonly functions: {
    readonly rosen: { readonly constants: Readonly<Record<'a' | 'b' | 'c', number>>; readonly start: readonly number[] }
    readonly logreg: { readonly X: readonly (readonly number[])[]; readonly Y: readonly number[]; readonly start: readonly number[] }
  }
  readonly runs: readonly GoldenRun[]
}

const { functions, runs } = JSON.parse(readFileSync(new URL('./optimizers.json', import.meta.url), 'utf8')) as GoldenFile

export const goldenRuns = runs
export const rosenConstants = functions.rosen.constants
export const logregData = functions.logreg
export const STEPS = 20

export function startOf(run: GoldenRun): number[] {
  return [...functions[run.function].start]
}

/** Closed-form gradient in float64, as the runs were made with. */
export function gradientOf(run: GoldenRun, w: ArrayLike<number>): number[] {
  return run.function === 'rosen' ? rosenGradient(w) : logregGradient(w)
}

function rosenGradient(w: ArrayLike<number>): number[] {
  const { a, b, c } = rosenConstants
  const [x, y] = [w[0], w[1]]
  return [-2 * (a - x) - 4 * b * x * (y - x * x) + c * x, 2 * b * (y - x * x) + 3 * c * y]
}

function logregGradient(w: ArrayLike<number>): number[] {
  const { X, Y } = logregData
  const gradient = new Array<number>(6).fill(0)
  X.forEach((row, index) => {
    const z = row.reduce((sum, x, axis) => sum + x * w[axis], w[5])
    const error = (1 / (1 + Math.exp(-z)) - Y[index]) / X.length
    row.forEach((x, axis) => (gradient[axis] += x * error))
    gradient[5] += error
  })
  return gradient
}

/** Learning rate of update `step` (from 1). */
export function goldenRate(step: number, base: number): number {
  return step <= 10 ? base : base / 10
}

const TYPE_OF: Readonly<Record<string, string>> = {
  SGD: 'sgd',
  Adagrad: 'adagrad',
  RMSprop: 'rmsprop',
  Adam: 'adam',
  AdamW: 'adamw',
  Adadelta: 'adadelta',
  Adamax: 'adamax',
  NAdam: 'nadam',
  Nadam: 'nadam',
  Lion: 'lion',
}

const OPTION_OF: Readonly<Record<string, string>> = {
  lr: 'learningRate',
  learning_rate: 'learningRate',
  weight_decay: 'weightDecay',
  eps: 'epsilon',
  alpha: 'rho',
  beta_1: 'beta1',
  beta_2: 'beta2',
  initial_accumulator_value: 'initialAccumulator',
  momentum_decay: 'momentumDecay',
  lr_decay: 'learningRateDecay',
}

/** The document that asks for what the run's constructor was given. */
export function documentOf({ framework, cls, args }: GoldenRun): Record<string, unknown> {
  const document: Record<string, unknown> = { type: TYPE_OF[cls], dialect: framework === 'torch' ? 'pytorch' : 'keras' }
  for (const [name, value] of Object.entries(args)) {
    if (name === 'betas') [document.beta1, document.beta2] = value as readonly number[]
    else document[OPTION_OF[name] ?? name] = value
  }
  return document
}

export function resolved(document: Readonly<Record<string, unknown>>): ResolvedOptimizer {
  return need(resolveOptimizer(optimizerSchema.parse(document)))
}
