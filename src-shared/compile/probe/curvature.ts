import { add, concat, gradients, mul, reduceSum, reshape, sizeOf, slice, type Tensor } from '@shared/graph'
import type { TrainingPlan } from '../plan'
import type { Program, StepInput } from '../program'
import { trainingStep, type TrainingStep } from '../train'
import { readOnly } from './probe'

/** Output of {@link gradientProgram} and {@link hessianProgram}: float32 `[parameters]`, weights in the layout's order. */
export const VECTOR = 'vector'

/** Trained numbers of the model. */
export function parameterCount({ layout }: Pick<TrainingPlan, 'layout'>): number {
  return layout.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}

/** Gradient of the batch's mean loss, penalties left out. Changes nothing. */
export function gradientProgram(plan: TrainingPlan, batchSize: number): Program {
  const step = trainingStep(plan, batchSize)
  const { slopes } = lossSlopes(plan, step)
  return readOnly(step.program, [{ name: VECTOR, tensor: flattened(slopes) }])
}

/**
 * The Hessian of the batch's mean loss times a vector, which is fed as the input of that name: the gradient of ⟨∇L, v⟩
 * (Pearlmutter, Fast exact multiplication by the Hessian, 1994). Changes nothing.
 */
export function hessianProgram(plan: TrainingPlan, batchSize: number): Program {
  const step = trainingStep(plan, batchSize)
  const { graph } = step.program
  const { weights, slopes } = lossSlopes(plan, step)
  const count = parameterCount(plan)
  const vector = graph.input(VECTOR, 'float32', [count])
  let offset = 0
  const products = slopes.map((slope) => {
    const size = sizeOf(slope.shape)
    const part = reshape(slice(vector, { starts: [offset], sizes: [size] }), slope.shape)
    offset += size
    return reduceSum(mul(slope, part), { axes: slope.shape.map((_, axis) => axis) })
  })
  const along = products.reduce((sum, product) => add(sum, product))
  const fed: StepInput = { name: VECTOR, dtype: 'float32', shape: [count], tensor: vector, source: { kind: 'given' } }
  const program = readOnly(step.program, [{ name: VECTOR, tensor: flattened(gradients(along, weights)) }])
  return { ...program, steps: [...program.steps, fed] }
}

function lossSlopes({ layout }: TrainingPlan, step: TrainingStep): { readonly weights: readonly Tensor[]; readonly slopes: readonly Tensor[] } {
  const weights = layout.weights.map(({ fullName }) => step.weight(fullName))
  return { weights, slopes: gradients(step.loss, weights) }
}

function flattened(tensors: readonly Tensor[]): Tensor {
  const parts = tensors.map((tensor) => reshape(tensor, [sizeOf(tensor.shape)]))
  return parts.length === 1 ? parts[0] : concat(parts, 0)
}
