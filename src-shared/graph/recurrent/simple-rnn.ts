import { cast } from '../ops/cast'
import { concat } from '../ops/concat'
import { customGradient } from '../ops/custom-gradient'
import { greater } from '../ops/greater'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { relu } from '../ops/relu'
import { scan } from '../ops/scan'
import { tanh } from '../ops/tanh'
import type { Tensor } from '../types'
import { beside, complement, inputGradient, joined, outputGradients, readings, variablesOf, weightGradients, weightRows, zeros, type GradientRule, type RecurrentWeights } from './steps'

/** h ← f(Wᵀx + b + Uᵀh) from zero on `[steps, features, batch]`. Gives h of all steps `[steps, units, batch]`, or of the last. */
export function simpleRnn(x: Tensor, weights: RecurrentWeights, { sequences, activation }: { readonly sequences: boolean; readonly activation: 'tanh' | 'relu' }): Tensor {
  const squash = activation === 'tanh' ? tanh : relu
  const [units] = weights.recurrent.shape
  const operands = { states: [zeros(x, [units, x.shape[2]])], sequences: [readings(x, weights.bias)], shared: weightRows(weights, [units]) }
  const { states, outputs } = scan(operands, ({ states: [previous], sequences: [read], shared: [rows] }) => {
    const seen = concat([read, previous], 0)
    const value = squash(matmul(rows, seen))
    return { states: [value], outputs: [value, seen] }
  })
  return customGradient(activation === 'tanh' ? 'simpleRnn' : 'simpleRnnRelu', sequences ? outputs[0] : states[0], variablesOf(x, weights), outputs)
}

/** Times the activation's slope, which is known from its value. */
type Slope = (dy: Tensor, value: Tensor) => Tensor

export const simpleRnnGradient = gradientWith((dy, value) => mul(dy, complement(mul(value, value))))
export const simpleRnnReluGradient = gradientWith((dy, value) => mul(dy, cast(greater(value, 0), 'float32')))

function gradientWith(throughSlope: Slope): GradientRule {
  return (_value, [x, kernel, recurrent, bias], [values, seen], dy) => {
    const { ofLast, ofAll } = outputGradients(dy)
    const { outputs } = scan(
      { states: [ofLast], sequences: [values, ...ofAll], shared: [recurrent] },
      ({ states: [later], sequences: [value, ...outside], shared: [weights] }) => {
        const change = throughSlope(joined(later, outside), value)
        return { states: [matmul(weights, change)], outputs: [change] }
      },
      { backward: true },
    )
    const changes = beside(outputs[0])
    const gradients = weightGradients(matmul(beside(seen), changes, { transposeB: true }), { kernel, recurrent, bias: bias ?? null })
    return variablesOf(inputGradient(x, kernel, changes), gradients)
  }
}
