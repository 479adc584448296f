import { cast } from '../ops/cast'
import { concat } from '../ops/concat'
import { customGradient } from '../ops/custom-gradient'
import { greater } from '../ops/greater'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { relu } from '../ops/relu'
import { tanh } from '../ops/tanh'
import type { Tensor } from '../types'
import { aidsOf, beside, complement, inputGradient, inputSteps, joined, outputGradients, stack, unstack, valueOf, variablesOf, weightGradients, weightRows, zeros, type GradientRule, type RecurrentWeights } from './steps'

/** Values of a step that its gradient needs, in this order among the aids. */
const AIDS = 2

/** h ← f(Wᵀx + b + Uᵀh) from zero on `[steps, features, batch]`. Gives h of all steps `[steps, units, batch]`, or of the last. */
export function simpleRnn(x: Tensor, weights: RecurrentWeights, { sequences, activation }: { readonly sequences: boolean; readonly activation: 'tanh' | 'relu' }): Tensor {
  const squash = activation === 'tanh' ? tanh : relu
  const [units] = weights.recurrent.shape
  const [rows] = weightRows(weights, [units])
  const outputs: Tensor[] = []
  const aids: Tensor[] = []
  for (const read of inputSteps(x, weights.bias)) {
    const seen = concat([read, outputs.at(-1) ?? zeros(x, [units, x.shape[2]])], 0)
    outputs.push(squash(matmul(rows, seen)))
    aids.push(seen, outputs[outputs.length - 1])
  }
  return customGradient('simpleRnn', valueOf(outputs, sequences), variablesOf(x, weights), aids)
}

export const simpleRnnGradient: GradientRule = (_value, [x, kernel, recurrent, bias], aids, dy) => {
  const [steps] = x.shape
  const [seen, outputs] = aidsOf(aids, AIDS)
  const all = stack(outputs)
  const slopes = unstack(outputs[0].op === 'relu' ? cast(greater(all, 0), 'float32') : complement(mul(all, all)), steps)
  const fromOutputs = outputGradients(dy, steps)
  const changes: Tensor[] = []
  for (let step = steps - 1; step >= 0; step--) {
    const dOutput = joined(fromOutputs[step], changes.length === 0 ? null : matmul(recurrent, changes[0]))
    changes.unshift(mul(dOutput, slopes[step]))
  }
  const joint = beside(changes)
  const gradients = weightGradients(matmul(beside(seen), joint, { transposeB: true }), { kernel, recurrent, bias: bias ?? null })
  return variablesOf(inputGradient(x, kernel, joint), gradients)
}
