import { add } from '../ops/add'
import { concat } from '../ops/concat'
import { customGradient } from '../ops/custom-gradient'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { sigmoid } from '../ops/sigmoid'
import { sub } from '../ops/sub'
import { tanh } from '../ops/tanh'
import type { Tensor } from '../types'
import { aidsOf, before, beside, complement, inputGradient, inputSteps, joined, outputGradients, stack, unstack, valueOf, variablesOf, weightGradients, weightRows, zeros, type GradientRule, type RecurrentWeights } from './steps'

/** Values of a step that its gradient needs, in this order among the aids. */
const AIDS = 8

/**
 * A long short-term memory from zero states on `[steps, features, batch]`; gates in the order input, forget, output,
 * cell. i, f, o = σ(z), g = tanh(z) with z = Wᵀx + b + Uᵀh; c ← f ⊙ c + i ⊙ g; h = o ⊙ tanh(c).
 * Gives h of all steps `[steps, units, batch]`, or of the last `[units, batch]`.
 */
export function lstm(x: Tensor, weights: RecurrentWeights, { sequences }: { readonly sequences: boolean }): Tensor {
  const [units] = weights.recurrent.shape
  const [forInput, forForget, forOutput, forCell] = weightRows(weights, [units, units, units, units])
  const outputs: Tensor[] = []
  const aids: Tensor[] = []
  let cell: Tensor | null = null
  for (const read of inputSteps(x, weights.bias)) {
    const seen = concat([read, outputs.at(-1) ?? zeros(x, [units, x.shape[2]])], 0)
    const [input, forget, output] = [forInput, forForget, forOutput].map((rows) => sigmoid(matmul(rows, seen)))
    const candidate = tanh(matmul(forCell, seen))
    const written = mul(input, candidate)
    cell = cell === null ? written : add(mul(forget, cell), written)
    const squashed = tanh(cell)
    outputs.push(mul(output, squashed))
    aids.push(seen, input, forget, output, candidate, cell, squashed, outputs[outputs.length - 1])
  }
  return customGradient('lstm', valueOf(outputs, sequences), variablesOf(x, weights), aids)
}

/**
 * Backwards through time. What multiplies the gradients of output and cell is known before: it is computed for all steps
 * at once, and so are the weights' gradients and what goes to the inputs.
 */
export const lstmGradient: GradientRule = (_value, [x, kernel, recurrent, bias], aids, dy) => {
  const [steps] = x.shape
  const [seen, inputs, forgets, opened, candidates, cells, squashes, outputs] = aidsOf(aids, AIDS)
  const [input, forget, output, candidate, squashed] = [inputs, forgets, opened, candidates, squashes].map(stack)
  const written = mul(input, candidate)
  const kept = mul(forget, stack(before(cells)))
  const read = stack(outputs)
  // The slopes s (1 − s) and 1 − t² times what they meet, in terms of products that are there anyway.
  const [perInput, perForget, perOutput, perCandidate, perCell] = [
    mul(written, complement(input)),
    mul(kept, complement(forget)),
    mul(read, complement(output)),
    sub(input, mul(written, candidate)),
    sub(output, mul(read, squashed)),
  ].map((factor) => unstack(factor, steps))
  const fromOutputs = outputGradients(dy, steps)
  const changes: Tensor[] = []
  let dCell: Tensor | null = null
  for (let step = steps - 1; step >= 0; step--) {
    const dOutput = joined(fromOutputs[step], changes.length === 0 ? null : matmul(recurrent, changes[0]))
    const here = mul(dOutput, perCell[step])
    const total: Tensor = dCell === null ? here : add(dCell, here)
    changes.unshift(concat([mul(total, perInput[step]), mul(total, perForget[step]), mul(dOutput, perOutput[step]), mul(total, perCandidate[step])], 0))
    dCell = mul(total, forgets[step])
  }
  const all = beside(changes)
  const weights = { kernel, recurrent, bias: bias ?? null }
  const gradients = weightGradients(matmul(beside(seen), all, { transposeB: true }), weights)
  return variablesOf(inputGradient(x, kernel, all), gradients)
}
