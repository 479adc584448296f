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
import { aidsOf, arriving, blocks, columns, kernelGradient, outputGradients, rowsOf, stack, unstack, valueOf, type GradientRule } from './steps'

/** Values of a step that its gradient needs, in this order among the aids. */
const AIDS = 5

/**
 * A long short-term memory from zero states: `projected` `[steps, batch, 4 · units]` holds x W + b of every step, gates
 * in the order input, forget, output, cell; `kernel` `[units, 4 · units]` multiplies the previous output.
 * i, f, o = σ(z), g = tanh(z); c ← f ⊙ c + i ⊙ g; h = o ⊙ tanh(c).
 * Gives h of all steps `[steps, batch, units]`, or of the last `[batch, units]`.
 */
export function lstm(projected: Tensor, kernel: Tensor, { sequences }: { readonly sequences: boolean }): Tensor {
  const [units] = kernel.shape
  const outputs: Tensor[] = []
  const aids: Tensor[] = []
  let cell: Tensor | null = null
  for (const x of unstack(projected)) {
    const before = outputs.at(-1)
    const z = before === undefined ? x : add(matmul(before, kernel), x)
    const [open, inner] = columns(z, [3 * units, units])
    const gates = sigmoid(open)
    const candidate = tanh(inner)
    const [input, forget, output] = blocks(gates, 3)
    const written = mul(input, candidate)
    cell = cell === null ? written : add(mul(forget, cell), written)
    const squashed = tanh(cell)
    outputs.push(mul(output, squashed))
    aids.push(gates, candidate, cell, squashed, outputs[outputs.length - 1])
  }
  return customGradient('lstm', valueOf(outputs, sequences), [projected, kernel], aids)
}

/**
 * Backwards through time. What multiplies the gradients of output and cell is known before: it is computed for all steps
 * at once, and so are the kernel's gradient and what goes to the inputs.
 */
export const lstmGradient: GradientRule = (_value, [projected, kernel], aids, dy) => {
  const [steps] = projected.shape
  const [gates, candidates, cells, squashes, outputs] = aidsOf(aids, AIDS)
  const [batch, units] = outputs[0].shape
  const [input, forget, output] = blocks(stack(gates), 3)
  const [candidate, squashed] = [stack(candidates), stack(squashes)]
  const zero = broadcastTo(scalarConstant(dy.graph, 0, 'float32'), [batch, units])
  const before = stack([zero, ...cells.slice(0, -1)])
  const cellPerOutput = mul(output, sub(1, mul(squashed, squashed)))
  const factors = concat(
    [
      mul(candidate, mul(input, sub(1, input))),
      mul(before, mul(forget, sub(1, forget))),
      mul(squashed, mul(output, sub(1, output))),
      mul(input, sub(1, mul(candidate, candidate))),
    ],
    1,
  )
  const [perOutput, perGate, kept] = [rowsOf(cellPerOutput, steps), rowsOf(factors, steps), rowsOf(forget, steps)]
  const fromOutputs = outputGradients(dy, steps)
  const changes: Tensor[] = []
  let dCell: Tensor | null = null
  for (let step = steps - 1; step >= 0; step--) {
    const dOutput = arriving(fromOutputs[step], changes[0], kernel)
    const here = mul(dOutput, perOutput[step])
    const total: Tensor = dCell === null ? here : add(dCell, here)
    changes.unshift(mul(concat([total, total, dOutput, total], 1), perGate[step]))
    dCell = mul(total, kept[step])
  }
  const all = stack(changes)
  return [reshape(all, projected.shape), kernelGradient(outputs, all)]
}
