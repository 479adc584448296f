import { z } from 'zod'
import { add, div, maximum, mul, reduceSum, sqrt, type Tensor } from '@shared/graph'
import { allAxes } from '../axes'
import { field, type Definition, type OptionsOf } from '../definition'

/** A weight that training changes, with its gradient. */
export interface Slope {
  readonly weight: Tensor
  /** Of loss and penalties, of the weight's shape. */
  readonly gradient: Tensor
  /** Whether it belongs to the layer that gives the model's output. */
  readonly ofOutput: boolean
}

export interface ClippingDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** The gradients that the optimizer gets instead, in the same order. */
  clip(slopes: readonly Slope[], options: OptionsOf<Definition<S>>): readonly Tensor[]
}

/** Checks a definition while keeping the types of its options. */
export function defineClipping<S extends z.ZodObject>(definition: ClippingDefinition<S>): ClippingDefinition<S> {
  return definition
}

/** √Σg² over every element of all gradients. */
export function normOf(gradients: readonly Tensor[]): Tensor {
  const [first, ...others] = gradients.map((gradient) => reduceSum(mul(gradient, gradient), { axes: allAxes(gradient), keepDims: false }))
  return sqrt(others.reduce((sum, each) => add(sum, each), first))
}

/** What a gradient of this norm is multiplied by: most / max(norm + epsilon, most), 1 where it is short enough. */
export function shrinkage(norm: Tensor, most: number, epsilon: number): Tensor {
  return div(most, maximum(epsilon === 0 ? norm : add(norm, epsilon), most))
}

export const maximumNormField = field(z.number().positive().default(1), {
  en: 'Greatest norm that is left as it is, above 0.',
  'zh-CN': '允许的最大范数，必须大于 0；不超过它的梯度保持不变。',
  symbol: 'c',
})

export const normEpsilonField = field(z.number().min(0).default(0), {
  en: 'Added to the norm before it is compared: 0 as in Keras, 1e-6 as in PyTorch.',
  'zh-CN': '比较之前加到范数上的小量：Keras 为 0，PyTorch 为 1e-6。',
  symbol: '\\epsilon',
})
