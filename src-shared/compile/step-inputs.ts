import type { ResolvedOptimizer } from '@shared/catalog/optimizers'
import { sizeOf } from '@shared/graph'
import type { Program, StepInput } from './program'
import { randomValue } from './streams'

export interface StepInputContext {
  readonly seed: number
  readonly optimizer: ResolvedOptimizer
  /** Learning rate of a step (0 is the first), after schedule, warm-up and changes made while running. */
  readonly rate: (step: number) => number
  /** Share of averaged weights that a step keeps, where there are any. */
  readonly keep?: (step: number) => number
  /** Momentum of a step, where a schedule moves it. */
  readonly momentum?: ((step: number) => number) | null
}

/** Values of the program's step inputs for `count` steps from `first` (0 is the run's first update), `[count, …shape]`. */
export function stepInputs(program: Program, first: number, count: number, context: StepInputContext): Record<string, Float32Array | Int32Array> {
  const values: Record<string, Float32Array | Int32Array> = {}
  for (const input of program.steps) {
    const size = count * sizeOf(input.shape)
    values[input.name] = input.dtype === 'float32' ? new Float32Array(size) : new Int32Array(size)
  }
  for (let index = 0; index < count; index++) fillStep(program.steps, values, index, first + index, context)
  return values
}

function fillStep(inputs: readonly StepInput[], values: Readonly<Record<string, Float32Array | Int32Array>>, index: number, step: number, context: StepInputContext): void {
  const { rule, options } = context.optimizer
  const byFactor = new Map<number, Readonly<Record<string, number>>>()
  const scalarsOf = (factor: number): Readonly<Record<string, number>> => {
    const known = byFactor.get(factor)
    if (known !== undefined) return known
    const scalars = rule.scalars(options, { step: step + 1, learningRate: context.rate(step) * factor, momentum: context.momentum?.(step) })
    byFactor.set(factor, scalars)
    return scalars
  }
  for (const { name, source } of inputs) {
    switch (source.kind) {
      case 'optimizer':
        values[name][index] = scalarsOf(source.rateFactor ?? 1)[source.scalar]
        break
      case 'given':
        break
      case 'average': {
        const keep = context.keep?.(step) ?? 0
        values[name][index] = source.part === 'keep' ? keep : 1 - keep
        break
      }
      case 'gradientNoise':
        values[name][index] = Math.sqrt(source.variance / (1 + step) ** source.decay)
        break
      case 'random':
        values[name].set(randomValue(source, context.seed, step), 2 * index)
        break
      case 'step':
      case 'beta':
        values[name].set(randomValue(source, context.seed, step), index)
        break
    }
  }
}
