/**
 * What recurrences share. Values of a step are `[features, batch]`, so that weights stay on the left and products need no
 * transposing; those of all steps are `[steps, features, batch]`, or side by side `[features, steps · batch]`.
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

/** What every step reads: its row of `[steps, features, batch]`, with ones below where there is a bias. */
export function readings(x: Tensor, bias: Tensor | null): Tensor {
  const [steps, , batch] = x.shape
  return bias === null ? x : concat([x, broadcastTo(scalarConstant(x.graph, 1, 'float32'), [steps, 1, batch])], 1)
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

/** `[steps, rows, batch]` side by side: `[rows, steps · batch]`. */
export function beside(x: Tensor): Tensor {
  const [steps, rows, batch] = x.shape
  return reshape(transpose(x, [1, 0, 2]), [rows, steps * batch])
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

/** The gradient of the outputs: of the last alone, or of all of them, `[steps, units, batch]`, as a sequence that steps read. */
export function outputGradients(dy: Tensor): { readonly ofLast: Tensor; readonly ofAll: readonly Tensor[] } {
  return dy.shape.length === 2 ? { ofLast: dy, ofAll: [] } : { ofLast: zeros(dy, dy.shape.slice(1)), ofAll: [dy] }
}

/** The gradient that comes from the step after, and what comes from outside, where all outputs are used. */
export function joined(inside: Tensor, [outside]: readonly Tensor[]): Tensor {
  return outside === undefined ? inside : add(inside, outside)
}

export function zeros(like: Tensor, shape: Shape): Tensor {
  return broadcastTo(scalarConstant(like.graph, 0, 'float32'), shape)
}

/** Sum over all columns. */
export function columnSum(x: Tensor): Tensor {
  return reduceSum(x, { axes: [1] })
}
