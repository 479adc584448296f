import { add } from '../ops/add'
import { concat } from '../ops/concat'
import { customGradient } from '../ops/custom-gradient'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { reshape } from '../ops/reshape'
import { sigmoid } from '../ops/sigmoid'
import { slice } from '../ops/slice'
import { sub } from '../ops/sub'
import { tanh } from '../ops/tanh'
import { transpose } from '../ops/transpose'
import type { Tensor } from '../types'
import { aidsOf, before, beside, blocks, columnSum, complement, inputGradient, inputSteps, joined, outputGradients, stack, unstack, valueOf, variablesOf, weightGradients, weightRows, zeros, type GradientRule, type RecurrentWeights } from './steps'

/** Values of a step that its gradient needs, in this order among the aids. */
const AIDS = 7

export interface GruOptions {
  readonly sequences: boolean
  /**
   * The reset gate multiplies the product of the previous output, n = tanh(Wᵀx + b + r ⊙ (Uᵀh + recurrentBias)), as in
   * cuDNN, PyTorch and Keras's `reset_after`; otherwise the previous output, n = tanh(Wᵀx + b + Uᵀ(r ⊙ h)).
   */
  readonly resetAfter: boolean
}

/** `recurrentBias` `[3 · units]`: of the recurrent product, where the reset gate comes after it and there is a bias. */
export interface GruWeights extends RecurrentWeights {
  readonly recurrentBias: Tensor | null
}

/**
 * A gated recurrent unit from zero on `[steps, features, batch]`; gates in the order update z, reset r, candidate n.
 * z, r = σ(…); h ← z ⊙ h + (1 − z) ⊙ n. Gives h of all steps `[steps, units, batch]`, or of the last.
 */
export function gru(x: Tensor, weights: GruWeights, { sequences, resetAfter }: GruOptions): Tensor {
  const [units] = weights.recurrent.shape
  const [forUpdate, forReset] = weightRows({ ...weights, bias: gateBias(weights) }, [units, units, units])
  const candidateOf = resetAfter ? afterProduct(weights) : beforeProduct(weights)
  const zero = zeros(x, [units, x.shape[2]])
  const outputs: Tensor[] = []
  const aids: Tensor[] = []
  for (const read of inputSteps(x, weights.bias)) {
    const previous = outputs.at(-1)
    const seen = concat([read, previous ?? zero], 0)
    const [update, reset] = [forUpdate, forReset].map((rows) => sigmoid(matmul(rows, seen)))
    const { candidate, aid } = candidateOf(read, previous ?? zero, reset)
    const fresh = mul(complement(update), candidate)
    outputs.push(previous === undefined ? fresh : add(mul(update, previous), fresh))
    aids.push(seen, read, update, reset, candidate, aid, outputs[outputs.length - 1])
  }
  const variables = variablesOf(x, weights)
  return customGradient(resetAfter ? 'gru' : 'gruResetBefore', valueOf(outputs, sequences), weights.recurrentBias === null ? variables : [...variables, weights.recurrentBias], aids)
}

/** The biases of both products add up in the gates. */
function gateBias({ bias, recurrentBias }: GruWeights): Tensor | null {
  return bias === null || recurrentBias === null ? bias : add(bias, recurrentBias)
}

/** `aid`: what the reset gate multiplies, or its product with the previous output. */
type Candidate = (read: Tensor, previous: Tensor, reset: Tensor) => { readonly candidate: Tensor; readonly aid: Tensor }

function afterProduct({ kernel, recurrent, bias, recurrentBias }: GruWeights): Candidate {
  const [units, width] = recurrent.shape
  const fromPrevious = candidateRows(recurrent, units)
  const fromInput = candidateRows(bias === null ? kernel : concat([kernel, reshape(bias, [1, width])], 0), units)
  const shift = recurrentBias === null ? null : reshape(slice(recurrentBias, { starts: [2 * units], sizes: [units] }), [units, 1])
  return (read, previous, reset) => {
    const product = matmul(fromPrevious, previous)
    const aid = shift === null ? product : add(product, shift)
    return { candidate: tanh(add(matmul(fromInput, read), mul(reset, aid))), aid }
  }
}

function beforeProduct(weights: GruWeights): Candidate {
  const [units] = weights.recurrent.shape
  const [, , rows] = weightRows(weights, [units, units, units])
  return (read, previous, reset) => {
    const aid = mul(reset, previous)
    return { candidate: tanh(matmul(rows, concat([read, aid], 0))), aid }
  }
}

/** The candidate's part of weights `[rows, 3 · units]`, transposed. */
function candidateRows(weights: Tensor, units: number): Tensor {
  return transpose(slice(weights, { starts: [0, 2 * units], sizes: [weights.shape[0], units] }), [1, 0])
}

/** What both kinds know of all steps before they go backwards. */
function factorsOf(aids: readonly Tensor[], steps: number) {
  const [seen, reads, updates, resets, candidates, others, outputs] = aidsOf(aids, AIDS)
  const [update, reset, candidate] = [updates, resets, candidates].map(stack)
  const previous = stack(before(outputs))
  const [fresh, resetSlope] = [complement(update), mul(reset, complement(reset))]
  const [toUpdate, toCandidate] = [mul(sub(previous, candidate), mul(update, fresh)), mul(fresh, complement(mul(candidate, candidate)))].map((factor) => unstack(factor, steps))
  return { seen, reads, updates, resets, others, outputs, previous, resetSlope, toUpdate, toCandidate }
}

export const gruGradient: GradientRule = (_value, [x, kernel, recurrent, bias, recurrentBias], aids, dy) => {
  const [steps] = x.shape
  const [units] = recurrent.shape
  const { seen, reads, updates, resets, others, outputs, resetSlope, toUpdate, toCandidate } = factorsOf(aids, steps)
  const throughReset = unstack(mul(stack(others), resetSlope), steps)
  const fromOutputs = outputGradients(dy, steps)
  const ofProducts: Tensor[] = []
  const ofCandidates: Tensor[] = []
  let later: Tensor | null = null
  for (let step = steps - 1; step >= 0; step--) {
    const dOutput = joined(fromOutputs[step], later)
    const dCandidate = mul(dOutput, toCandidate[step])
    const dProduct = concat([mul(dOutput, toUpdate[step]), mul(dCandidate, throughReset[step]), mul(dCandidate, resets[step])], 0)
    later = add(matmul(recurrent, dProduct), mul(dOutput, updates[step]))
    ofProducts.unshift(dProduct)
    ofCandidates.unshift(dCandidate)
  }
  const [dGates, dInner] = blocks(beside(ofProducts), [2 * units, units])
  const dCandidates = beside(ofCandidates)
  const ofInner = matmul(beside(before(outputs)), dInner, { transposeB: true })
  const ofCandidate = concat([matmul(beside(reads), dCandidates, { transposeB: true }), ofInner], 0)
  const all = concat([matmul(beside(seen), dGates, { transposeB: true }), ofCandidate], 1)
  const gradients = weightGradients(all, { kernel, recurrent, bias: bias ?? null })
  const variables = variablesOf(inputGradient(x, kernel, concat([dGates, dCandidates], 0)), gradients)
  if (recurrentBias === undefined || gradients.bias === null) return variables
  return [...variables, concat([slice(gradients.bias, { starts: [0], sizes: [2 * units] }), columnSum(dInner)], 0)]
}

export const gruResetBeforeGradient: GradientRule = (_value, [x, kernel, recurrent, bias], aids, dy) => {
  const [steps] = x.shape
  const [units] = recurrent.shape
  const { seen, reads, updates, resets, others, previous, resetSlope, toUpdate, toCandidate } = factorsOf(aids, steps)
  const toReset = unstack(mul(previous, resetSlope), steps)
  const forGates = slice(recurrent, { starts: [0, 0], sizes: [units, 2 * units] })
  const forCandidate = slice(recurrent, { starts: [0, 2 * units], sizes: [units, units] })
  const fromOutputs = outputGradients(dy, steps)
  const ofGates: Tensor[] = []
  const ofCandidates: Tensor[] = []
  let later: Tensor | null = null
  for (let step = steps - 1; step >= 0; step--) {
    const dOutput = joined(fromOutputs[step], later)
    const dCandidate = mul(dOutput, toCandidate[step])
    const dKept = matmul(forCandidate, dCandidate)
    const dGates = concat([mul(dOutput, toUpdate[step]), mul(dKept, toReset[step])], 0)
    later = add(matmul(forGates, dGates), add(mul(dOutput, updates[step]), mul(dKept, resets[step])))
    ofGates.unshift(dGates)
    ofCandidates.unshift(dCandidate)
  }
  const [dGates, dCandidates] = [beside(ofGates), beside(ofCandidates)]
  const kept = beside(reads.map((read, step) => concat([read, others[step]], 0)))
  const all = concat([matmul(beside(seen), dGates, { transposeB: true }), matmul(kept, dCandidates, { transposeB: true })], 1)
  const gradients = weightGradients(all, { kernel, recurrent, bias: bias ?? null })
  return variablesOf(inputGradient(x, kernel, concat([dGates, dCandidates], 0)), gradients)
}
