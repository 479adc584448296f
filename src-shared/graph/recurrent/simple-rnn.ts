import { add } from '../ops/add'
import { cast } from '../ops/cast'
import { customGradient } from '../ops/custom-gradient'
import { greater } from '../ops/greater'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { relu } from '../ops/relu'
import { reshape } from '../ops/reshape'
import { sub } from '../ops/sub'
import { tanh } from '../ops/tanh'
import type { Tensor } from '../types'
import { arriving, kernelGradient, outputGradients, rowsOf, stack, unstack, valueOf, type GradientRule } from './steps'

/**
 * h ← f(x W + b + h U) from zero: `projected` `[steps, batch, units]` holds x W + b of every step, `kernel` is U
 * `[units, units]`. Gives h of all steps, or of the last.
 */
export function simpleRnn(projected: Tensor, kernel: Tensor, { sequences, activation }: { readonly sequences: boolean; readonly activation: 'tanh' | 'relu' }): Tensor {
  const squash = activation === 'tanh' ? tanh : relu
  const outputs: Tensor[] = []
  for (const x of unstack(projected)) {
    const before = outputs.at(-1)
    outputs.push(squash(before === undefined ? x : add(matmul(before, kernel), x)))
  }
  return customGradient('simpleRnn', valueOf(outputs, sequences), [projected, kernel], outputs)
}

export const simpleRnnGradient: GradientRule = (_value, [projected, kernel], outputs, dy) => {
  const [steps] = projected.shape
  const all = stack(outputs)
  const slope = outputs[0].op === 'relu' ? cast(greater(all, 0), 'float32') : sub(1, mul(all, all))
  const slopes = rowsOf(slope, steps)
  const fromOutputs = outputGradients(dy, steps)
  const changes: Tensor[] = []
  for (let step = steps - 1; step >= 0; step--) changes.unshift(mul(arriving(fromOutputs[step], changes[0], kernel), slopes[step]))
  const stacked = stack(changes)
  return [reshape(stacked, projected.shape), kernelGradient(outputs, stacked)]
}
