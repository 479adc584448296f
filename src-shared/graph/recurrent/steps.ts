/**
 * What recurrences share. Values of a step are `[features, batch]`, so that gates are runs of rows and products need no
 * transposing; values of all steps are stacked by rows, `[steps · features, batch]`, or side by side,
 * `[features, steps · batch]`, in order of execution.
 */
import { scalarConstant } from '../leaves'
import { add } from '../ops/add'
import { broadcastTo } from '../ops/broadcast-to'
import { concat } from '../ops/concat'
import { matmul } from '../ops/matmul'
import { reduceSum } from '../ops/reduce-sum'
import { reshape } from '../ops/reshape'
import { slice } from '../ops/slice'
import { sub } from '../ops/sub'
import { transpose } from '../ops/transpose'
import type { Shape, Tensor } from '../types'

/** Gradients of the variables for the gradient `dy` of `value`, made of the aids that the forward pass left. */
export type GradientRule = (value: Tensor, variables: readonly Tensor[], aids: readonly Tensor[], dy: Tensor) => readonly Tensor[]

/** Of g gates: `kernel` `[features, g · units]` multiplies the input, `recurrent` `[units, g · units]` the previous output, `bias` `[g · units]` is added. */
export interface RecurrentWeights {
  readonly kernel: Tensor
  readonly recurrent: Tensor
  readonly bias: Tensor | null
}

/** In the order in which a gradient rule gets and gives them. */
export function variablesOf(x: Tensor, { kernel, recurrent, bias }: RecurrentWeights): Tensor[] {
  return bias === null ? [x, kernel, recurrent] : [x, kernel, recurrent, bias]
}

/** Step by step out of `[steps, features, batch]`, with a row of ones below where there is a bias. */
export function inputSteps(x: Tensor, bias: Tensor | null): Tensor[] {
  const [steps, features, batch] = x.shape
  if (bias === null) return unstack(reshape(x, [steps * features, batch]), steps)
  const ones = broadcastTo(scalarConstant(x.graph, 1, 'float32'), [steps, 1, batch])
  return unstack(reshape(concat([x, ones], 1), [steps * (features + 1), batch]), steps)
}

/** Kernel, bias and recurrent kernel below each other, transposed: what multiplies input, one and previous output. A block of rows for each width. */
export function weightRows({ kernel, recurrent, bias }: RecurrentWeights, widths: readonly number[]): Tensor[] {
  const rows = bias === null ? [kernel, recurrent] : [kernel, reshape(bias, [1, bias.shape[0]]), recurrent]
  return blocks(transpose(concat(rows, 0), [1, 0]), widths)
}

/** Gradients of kernel, recurrent kernel and bias out of that of all of them below each other, `[features (+ 1) + units, gates · units]`. */
export function weightGradients(all: Tensor, { kernel, recurrent, bias }: RecurrentWeights): { readonly kernel: Tensor; readonly recurrent: Tensor; readonly bias: Tensor | null } {
  const [features] = kernel.shape
  const [units, width] = recurrent.shape
  const rows = (start: number, count: number): Tensor => slice(all, { starts: [start, 0], sizes: [count, width] })
  if (bias === null) return { kernel: rows(0, features), recurrent: rows(features, units), bias: null }
  return { kernel: rows(0, features), recurrent: rows(features + 1, units), bias: reshape(rows(features, 1), [width]) }
}

/** The gradient of `[steps, features, batch]` from the changes of all gates side by side. */
export function inputGradient(x: Tensor, kernel: Tensor, changes: Tensor): Tensor {
  const [steps, features, batch] = x.shape
  return transpose(reshape(matmul(kernel, changes), [features, steps, batch]), [1, 0, 2])
}

/** Rows cut into `steps` equal runs. */
export function unstack(x: Tensor, steps: number): Tensor[] {
  return blocks(x, new Array<number>(steps).fill(x.shape[0] / steps))
}

/** Steps by rows. */
export function stack(steps: readonly Tensor[]): Tensor {
  return concat(steps, 0)
}

/** Steps side by side. */
export function beside(steps: readonly Tensor[]): Tensor {
  return concat(steps, 1)
}

/** Rows cut into runs of these lengths. */
export function blocks(x: Tensor, lengths: readonly number[]): Tensor[] {
  let start = 0
  return lengths.map((length) => {
    const block = slice(x, { starts: [start, 0], sizes: [length, x.shape[1]] })
    start += length
    return block
  })
}

/** 1 − x. */
export function complement(x: Tensor): Tensor {
  return sub(1, x)
}

/** The gradient of every step's output: of all of them, `[steps, units, batch]`, or null but for the last. */
export function outputGradients(dy: Tensor, steps: number): (Tensor | null)[] {
  if (dy.shape.length === 2) return Array.from({ length: steps }, (_, step) => (step === steps - 1 ? dy : null))
  return unstack(reshape(dy, [dy.shape[0] * dy.shape[1], dy.shape[2]]), steps)
}

export function zeros(like: Tensor, shape: Shape): Tensor {
  return broadcastTo(scalarConstant(like.graph, 0, 'float32'), shape)
}

/** What each step starts from: zeros, then the value that the step before left. */
export function before(values: readonly Tensor[]): Tensor[] {
  return [zeros(values[0], values[0].shape), ...values.slice(0, -1)]
}

/** Sum over all columns. */
export function columnSum(x: Tensor): Tensor {
  return reduceSum(x, { axes: [1] })
}

/** All outputs `[steps, units, batch]`, or the last. */
export function valueOf(outputs: readonly Tensor[], sequences: boolean): Tensor {
  const last = outputs[outputs.length - 1]
  return sequences ? reshape(stack(outputs), [outputs.length, ...last.shape]) : last
}

/** The aids by kind: each the values of all steps. */
export function aidsOf(aids: readonly Tensor[], kinds: number): Tensor[][] {
  return Array.from({ length: kinds }, (_, kind) => aids.filter((_, at) => at % kinds === kind))
}

/** The sum of what comes from outside and from the step after; one of them there is. */
export function joined(outside: Tensor | null, inside: Tensor | null): Tensor {
  if (outside !== null && inside !== null) return add(inside, outside)
  const only = outside ?? inside
  if (only === null) throw new Error('no gradient arrives')
  return only
}
