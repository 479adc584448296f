import { add } from '../ops/add'
import { concat } from '../ops/concat'
import { customGradient } from '../ops/custom-gradient'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { reshape } from '../ops/reshape'
import { scan } from '../ops/scan'
import { sigmoid } from '../ops/sigmoid'
import { slice } from '../ops/slice'
import { sub } from '../ops/sub'
import { tanh } from '../ops/tanh'
import { transpose } from '../ops/transpose'
import type { Tensor } from '../types'
import { beside, blocks, columnSum, complement, inputGradient, joined, outputGradients, readings, variablesOf, weightGradients, weightRows, zeros, type GradientRule, type RecurrentWeights } from './steps'

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
  const forGates = weightRows({ ...weights, bias: gateBias(weights) }, [units, units, units]).slice(0, 2)
  const forCandidate = resetAfter ? afterProduct(weights) : beforeProduct(weights)
  const operands = { states: [zeros(x, [units, x.shape[2]])], sequences: [readings(x, weights.bias)], shared: [...forGates, ...forCandidate.weights] }
  const { states, outputs } = scan(operands, ({ states: [previous], sequences: [read], shared: [forUpdate, forReset, ...rest] }) => {
    const seen = concat([read, previous], 0)
    const [update, reset] = [forUpdate, forReset].map((rows) => sigmoid(matmul(rows, seen)))
    const { candidate, aid } = forCandidate.compute(read, previous, reset, rest)
    const value = add(mul(update, previous), mul(complement(update), candidate))
    return { states: [value], outputs: [value, seen, update, reset, candidate, aid, previous] }
  })
  const [values, ...aids] = outputs
  const variables = variablesOf(x, weights)
  return customGradient(resetAfter ? 'gru' : 'gruResetBefore', sequences ? values : states[0], weights.recurrentBias === null ? variables : [...variables, weights.recurrentBias], aids)
}

/** The biases of both products add up in the gates. */
function gateBias({ bias, recurrentBias }: GruWeights): Tensor | null {
  return bias === null || recurrentBias === null ? bias : add(bias, recurrentBias)
}

interface CandidateRule {
  readonly weights: readonly Tensor[]
  /** `aid`: what the reset gate multiplies, or its product with the previous output. */
  compute(read: Tensor, previous: Tensor, reset: Tensor, weights: readonly Tensor[]): { readonly candidate: Tensor; readonly aid: Tensor }
}

function afterProduct({ kernel, recurrent, bias, recurrentBias }: GruWeights): CandidateRule {
  const [units, width] = recurrent.shape
  const fromPrevious = candidateRows(recurrent, units)
  const fromInput = candidateRows(bias === null ? kernel : concat([kernel, reshape(bias, [1, width])], 0), units)
  const shift = recurrentBias === null ? [] : [reshape(slice(recurrentBias, { starts: [2 * units], sizes: [units] }), [units, 1])]
  return {
    weights: [fromPrevious, fromInput, ...shift],
    compute(read, previous, reset, [ofPrevious, ofInput, offset]) {
      const product = matmul(ofPrevious, previous)
      const aid = offset === undefined ? product : add(product, offset)
      return { candidate: tanh(add(matmul(ofInput, read), mul(reset, aid))), aid }
    },
  }
}

function beforeProduct(weights: GruWeights): CandidateRule {
  const [units] = weights.recurrent.shape
  const [, , rows] = weightRows(weights, [units, units, units])
  return {
    weights: [rows],
    compute(read, previous, reset, [ofBoth]) {
      const aid = mul(reset, previous)
      return { candidate: tanh(matmul(ofBoth, concat([read, aid], 0))), aid }
    },
  }
}

/** The candidate's part of weights `[rows, 3 · units]`, transposed. */
function candidateRows(weights: Tensor, units: number): Tensor {
  return transpose(slice(weights, { starts: [0, 2 * units], sizes: [weights.shape[0], units] }), [1, 0])
}

/** Of a step, back from its output to the arguments of update gate and candidate. */
function gateGradients(dOutput: Tensor, update: Tensor, candidate: Tensor, previous: Tensor): { readonly dUpdate: Tensor; readonly dCandidate: Tensor; readonly kept: Tensor } {
  const kept = mul(dOutput, update)
  const fresh = complement(update)
  return { kept, dUpdate: mul(mul(kept, fresh), sub(previous, candidate)), dCandidate: mul(mul(dOutput, fresh), complement(mul(candidate, candidate))) }
}

export const gruGradient: GradientRule = (_value, [x, kernel, recurrent, bias, recurrentBias], [seen, ...gates], dy) => {
  const [units] = recurrent.shape
  const { ofLast, ofAll } = outputGradients(dy)
  const { outputs } = scan(
    { states: [ofLast], sequences: [...gates, ...ofAll], shared: [recurrent] },
    ({ states: [later], sequences: [update, reset, candidate, aid, previous, ...outside], shared: [weights] }) => {
      const { dUpdate, dCandidate, kept } = gateGradients(joined(later, outside), update, candidate, previous)
      const dInner = mul(dCandidate, reset)
      const dProduct = concat([dUpdate, mul(mul(dInner, aid), complement(reset)), dInner], 0)
      return { states: [add(matmul(weights, dProduct), kept)], outputs: [dProduct, dCandidate] }
    },
    { backward: true },
  )
  const [dProducts, dCandidates] = outputs.map(beside)
  const [dGates, dInner] = blocks(dProducts, [2 * units, units])
  const [all, previous] = [beside(seen), beside(gates[4])]
  const ofCandidate = concat([matmul(beside(readings(x, bias ?? null)), dCandidates, { transposeB: true }), matmul(previous, dInner, { transposeB: true })], 0)
  const gradients = weightGradients(concat([matmul(all, dGates, { transposeB: true }), ofCandidate], 1), { kernel, recurrent, bias: bias ?? null })
  const variables = variablesOf(inputGradient(x, kernel, concat([dGates, dCandidates], 0)), gradients)
  if (recurrentBias === undefined || gradients.bias === null) return variables
  return [...variables, concat([slice(gradients.bias, { starts: [0], sizes: [2 * units] }), columnSum(dInner)], 0)]
}

export const gruResetBeforeGradient: GradientRule = (_value, [x, kernel, recurrent, bias], [seen, ...gates], dy) => {
  const [units] = recurrent.shape
  const { ofLast, ofAll } = outputGradients(dy)
  const forGates = slice(recurrent, { starts: [0, 0], sizes: [units, 2 * units] })
  const forCandidate = slice(recurrent, { starts: [0, 2 * units], sizes: [units, units] })
  const { outputs } = scan(
    { states: [ofLast], sequences: [...gates, ...ofAll], shared: [forGates, forCandidate] },
    ({ states: [later], sequences: [update, reset, candidate, aid, previous, ...outside], shared: [ofGates, ofCandidate] }) => {
      const { dUpdate, dCandidate, kept } = gateGradients(joined(later, outside), update, candidate, previous)
      const dAid = matmul(ofCandidate, dCandidate)
      const dGates = concat([dUpdate, mul(mul(dAid, aid), complement(reset))], 0)
      return { states: [add(matmul(ofGates, dGates), add(kept, mul(dAid, reset)))], outputs: [dGates, dCandidate] }
    },
    { backward: true },
  )
  const [dGates, dCandidates] = outputs.map(beside)
  const met = beside(concat([readings(x, bias ?? null), gates[3]], 1))
  const all = concat([matmul(beside(seen), dGates, { transposeB: true }), matmul(met, dCandidates, { transposeB: true })], 1)
  const gradients = weightGradients(all, { kernel, recurrent, bias: bias ?? null })
  return variablesOf(inputGradient(x, kernel, concat([dGates, dCandidates], 0)), gradients)
}
