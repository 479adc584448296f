import { broadcastTo } from '../ops/broadcast-to'
import { scalarConstant } from '../leaves'
import { add } from '../ops/add'
import { concat } from '../ops/concat'
import { customGradient } from '../ops/custom-gradient'
import { matmul } from '../ops/matmul'
import { mul } from '../ops/mul'
import { reshape } from '../ops/reshape'
import { sigmoid } from '../ops/sigmoid'
import { sub } from '../ops/sub'
import { tanh } from '../ops/tanh'
import type { Tensor } from '../types'
import { aidsOf, blocks, columns, joined, kernelGradient, outputGradients, rowsOf, rowSum, stack, unstack, valueOf, type GradientRule } from './steps'

/** Values of a step that its gradient needs, in this order among the aids. */
const AIDS = 4

/**
 * A gated recurrent unit from zero: `projected` `[steps, batch, 3 · units]` holds x W + b of every step, gates in the
 * order update z, reset r, candidate; `kernel` `[units, 3 · units]` multiplies the previous output.
 * z, r = σ(…); h ← z ⊙ h + (1 − z) ⊙ n. With a `bias` `[3 · units]` of the recurrent product the reset gate is applied
 * after it, n = tanh(x W + b + r ⊙ (h U + bias)), as in cuDNN, PyTorch and Keras's `reset_after`; with null before it,
 * n = tanh(x W + b + (r ⊙ h) U).
 */
export function gru(projected: Tensor, kernel: Tensor, bias: Tensor | null, { sequences }: { readonly sequences: boolean }): Tensor {
  const [, batch] = projected.shape
  const [units] = kernel.shape
  const zero = broadcastTo(scalarConstant(projected.graph, 0, 'float32'), [batch, units])
  const outputs: Tensor[] = []
  const aids: Tensor[] = []
  for (const x of unstack(projected)) {
    const before = outputs.at(-1)
    const step = bias === null ? resetBefore(x, kernel, before ?? zero) : resetAfter(x, kernel, bias, before)
    const { gates, candidate, aid } = step
    const [update] = blocks(gates, 2)
    const fresh = mul(sub(1, update), candidate)
    outputs.push(before === undefined ? fresh : add(mul(update, before), fresh))
    aids.push(gates, candidate, aid, outputs[outputs.length - 1])
  }
  const value = valueOf(outputs, sequences)
  return bias === null ? customGradient('gru', value, [projected, kernel], aids) : customGradient('gru', value, [projected, kernel, bias], aids)
}

interface Step {
  readonly gates: Tensor
  readonly candidate: Tensor
  /** What the reset gate multiplies, or its product with the previous output. */
  readonly aid: Tensor
}

function resetAfter(x: Tensor, kernel: Tensor, bias: Tensor, before: Tensor | undefined): Step {
  const [units] = kernel.shape
  const product = before === undefined ? broadcastTo(bias, x.shape) : add(matmul(before, kernel), bias)
  const [open, inner] = columns(product, [2 * units, units])
  const [gatesOfInput, candidateOfInput] = columns(x, [2 * units, units])
  const gates = sigmoid(add(gatesOfInput, open))
  return { gates, candidate: tanh(add(candidateOfInput, mul(blocks(gates, 2)[1], inner))), aid: inner }
}

function resetBefore(x: Tensor, kernel: Tensor, before: Tensor): Step {
  const [units] = kernel.shape
  const [forGates, forCandidate] = columns(kernel, [2 * units, units])
  const [gatesOfInput, candidateOfInput] = columns(x, [2 * units, units])
  const gates = sigmoid(add(matmul(before, forGates), gatesOfInput))
  const kept = mul(blocks(gates, 2)[1], before)
  return { gates, candidate: tanh(add(matmul(kept, forCandidate), candidateOfInput)), aid: kept }
}

export const gruGradient: GradientRule = (_value, [projected, kernel, bias], aids, dy) => {
  const [steps] = projected.shape
  const [gates, candidates, others, outputs] = aidsOf(aids, AIDS)
  const [batch, units] = outputs[0].shape
  const zero = broadcastTo(scalarConstant(dy.graph, 0, 'float32'), [batch, units])
  const [update, reset] = blocks(stack(gates), 2)
  const candidate = stack(candidates)
  const before = stack([zero, ...outputs.slice(0, -1)])
  const shared: Shared = {
    update,
    reset,
    before,
    // Per unit of the output's gradient: what reaches the update gate's and the candidate's sums.
    toUpdate: mul(sub(before, candidate), mul(update, sub(1, update))),
    toCandidate: mul(sub(1, update), sub(1, mul(candidate, candidate))),
    resetSlope: mul(reset, sub(1, reset)),
    fromOutputs: outputGradients(dy, steps),
  }
  if (bias === undefined) return beforeGradient(projected, kernel, stack(others), shared)
  const throughReset = mul(shared.toCandidate, mul(stack(others), shared.resetSlope))
  // The whole recurrent product's change is the output's gradient times known factors.
  const factors = concat([shared.toUpdate, throughReset, mul(shared.toCandidate, reset)], 1)
  const [perProduct, kept] = [rowsOf(factors, steps), rowsOf(update, steps)]
  const arrived: Tensor[] = []
  const changes: Tensor[] = []
  for (let step = steps - 1; step >= 0; step--) {
    const later = changes.length === 0 ? null : add(matmul(changes[0], kernel, { transposeB: true }), mul(arrived[0], kept[step + 1]))
    const dOutput = joined(shared.fromOutputs[step], later)
    arrived.unshift(dOutput)
    changes.unshift(mul(concat([dOutput, dOutput, dOutput], 1), perProduct[step]))
  }
  const products = stack(changes)
  const [gateChanges] = columns(products, [2 * units, units])
  const inputs = concat([gateChanges, mul(stack(arrived), shared.toCandidate)], 1)
  return [reshape(inputs, projected.shape), kernelGradient(outputs, products), rowSum(products)]
}

interface Shared {
  readonly update: Tensor
  readonly reset: Tensor
  readonly before: Tensor
  readonly toUpdate: Tensor
  readonly toCandidate: Tensor
  readonly resetSlope: Tensor
  readonly fromOutputs: readonly (Tensor | null)[]
}

/** `kept`: reset ⊙ previous output of every step. */
function beforeGradient(projected: Tensor, kernel: Tensor, kept: Tensor, shared: Shared): readonly Tensor[] {
  const [steps] = projected.shape
  const [units] = kernel.shape
  const [forGates, forCandidate] = columns(kernel, [2 * units, units])
  const [toUpdate, toCandidate, updates, resets] = [shared.toUpdate, shared.toCandidate, shared.update, shared.reset].map((x) => rowsOf(x, steps))
  const toReset = rowsOf(mul(shared.before, shared.resetSlope), steps)
  const changes: Tensor[] = []
  let later: Tensor | null = null
  for (let step = steps - 1; step >= 0; step--) {
    const dOutput = joined(shared.fromOutputs[step], later)
    const dCandidate = mul(dOutput, toCandidate[step])
    const dKept = matmul(dCandidate, forCandidate, { transposeB: true })
    const dGates = concat([mul(dOutput, toUpdate[step]), mul(dKept, toReset[step])], 1)
    later = add(matmul(dGates, forGates, { transposeB: true }), add(mul(dOutput, updates[step]), mul(dKept, resets[step])))
    changes.unshift(concat([dGates, dCandidate], 1))
  }
  const all = stack(changes)
  const [gateChanges, candidateChanges] = columns(all, [2 * units, units])
  const gatesGradient = matmul(shared.before, gateChanges, { transposeA: true })
  return [reshape(all, projected.shape), concat([gatesGradient, matmul(kept, candidateChanges, { transposeA: true })], 1)]
}
