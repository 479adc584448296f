import { add } from '../ops/add'
import { concat } from '../ops/concat'
import { customGradient } from '../ops/custom-gradient'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { scan } from '../ops/scan'
import { sigmoid } from '../ops/sigmoid'
import { sub } from '../ops/sub'
import { tanh } from '../ops/tanh'
import type { Tensor } from '../types'
import { beside, complement, inputGradient, joined, outputGradients, readings, variablesOf, weightGradients, weightRows, zeros, type GradientRule, type RecurrentWeights } from './steps'

/**
 * A long short-term memory from zero states on `[steps, features, batch]`; gates in the order input, forget, output,
 * cell. i, f, o = σ(z), g = tanh(z) with z = Wᵀx + b + Uᵀh; c ← f ⊙ c + i ⊙ g; h = o ⊙ tanh(c).
 * Gives h of all steps `[steps, units, batch]`, or of the last `[units, batch]`.
 */
export function lstm(x: Tensor, weights: RecurrentWeights, { sequences }: { readonly sequences: boolean }): Tensor {
  const [units] = weights.recurrent.shape
  const zero = zeros(x, [units, x.shape[2]])
  const operands = { states: [zero, zero], sequences: [readings(x, weights.bias)], shared: weightRows(weights, [units, units, units, units]) }
  const { states, outputs } = scan(operands, ({ states: [previous, cell], sequences: [read], shared: [forInput, forForget, forOutput, forCell] }) => {
    const seen = concat([read, previous], 0)
    const [input, forget, output] = [forInput, forForget, forOutput].map((rows) => sigmoid(matmul(rows, seen)))
    const candidate = tanh(matmul(forCell, seen))
    const next = add(mul(forget, cell), mul(input, candidate))
    const squashed = tanh(next)
    const value = mul(output, squashed)
    return { states: [value, next], outputs: [value, seen, input, forget, output, candidate, cell, squashed] }
  })
  const [values, ...aids] = outputs
  return customGradient('lstm', sequences ? values : states[0], variablesOf(x, weights), aids)
}

/** Backwards through time; the weights' gradients, and what goes to the inputs, are products over all steps. */
export const lstmGradient: GradientRule = (_value, [x, kernel, recurrent, bias], [seen, ...gates], dy) => {
  const { ofLast, ofAll } = outputGradients(dy)
  const operands = { states: [ofLast, zeros(x, ofLast.shape)], sequences: [...gates, ...ofAll], shared: [recurrent] }
  const { outputs } = scan(
    operands,
    ({ states: [later, dCell], sequences: [input, forget, output, candidate, cell, squashed, ...outside], shared: [weights] }) => {
      const opened = mul(joined(later, outside), output)
      const read = mul(opened, squashed)
      const total = add(dCell, sub(opened, mul(read, squashed)))
      const [written, kept] = [mul(total, input), mul(total, forget)]
      const chosen = mul(written, candidate)
      // The slopes s (1 − s) and 1 − t² times what they meet, in terms of products that are there anyway.
      const changes = concat([mul(chosen, complement(input)), mul(mul(kept, cell), complement(forget)), mul(read, complement(output)), sub(written, mul(chosen, candidate))], 0)
      return { states: [matmul(weights, changes), kept], outputs: [changes] }
    },
    { backward: true },
  )
  const changes = beside(outputs[0])
  const gradients = weightGradients(matmul(beside(seen), changes, { transposeB: true }), { kernel, recurrent, bias: bias ?? null })
  return variablesOf(inputGradient(x, kernel, changes), gradients)
}
