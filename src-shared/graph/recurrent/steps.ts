/** What recurrences share. Values of all steps are stacked by rows, `[steps · batch, features]`, in order of execution. */
import { scalarConstant } from '../leaves'
import { add } from '../ops/add'
import { broadcastTo } from '../ops/broadcast-to'
import { concat } from '../ops/concat'
import { matmul } from '../ops/matmul'
import { reduceSum } from '../ops/reduce-sum'
import { reshape } from '../ops/reshape'
import { slice } from '../ops/slice'
import type { Tensor } from '../types'

/** Gradients of the variables for the gradient `dy` of `value`, made of the aids that the forward pass left. */
export type GradientRule = (value: Tensor, variables: readonly Tensor[], aids: readonly Tensor[], dy: Tensor) => readonly Tensor[]

/** Step by step out of `[steps, batch, features]`: `[batch, features]` each. */
export function unstack(x: Tensor): Tensor[] {
  const [steps, batch, features] = x.shape
  return Array.from({ length: steps }, (_, step) => reshape(slice(x, { starts: [step, 0, 0], sizes: [1, batch, features] }), [batch, features]))
}

/** `[batch, features]` of every step as rows. */
export function stack(steps: readonly Tensor[]): Tensor {
  return concat(steps, 0)
}

/** Steps out of stacked rows. */
export function rowsOf(x: Tensor, steps: number): Tensor[] {
  const batch = x.shape[0] / steps
  return Array.from({ length: steps }, (_, step) => slice(x, { starts: [step * batch, 0], sizes: [batch, x.shape[1]] }))
}

/** Features cut into blocks of equal width. */
export function blocks(x: Tensor, count: number): Tensor[] {
  return columns(x, new Array<number>(count).fill(x.shape[1] / count))
}

/** Features cut into blocks of these widths. */
export function columns(x: Tensor, widths: readonly number[]): Tensor[] {
  let start = 0
  return widths.map((width) => {
    const block = slice(x, { starts: [0, start], sizes: [x.shape[0], width] })
    start += width
    return block
  })
}

/** The gradient of every step's output: of all of them, `[steps, batch, units]`, or null but for the last. */
export function outputGradients(dy: Tensor, steps: number): (Tensor | null)[] {
  if (dy.shape.length === 3) return unstack(dy)
  return Array.from({ length: steps }, (_, step) => (step === steps - 1 ? dy : null))
}

/** Σ over steps of previousᵀ · change, as one product; `outputs`: of every step. Zeros enter the first. */
export function kernelGradient(outputs: readonly Tensor[], changes: Tensor): Tensor {
  const zero = broadcastTo(scalarConstant(changes.graph, 0, 'float32'), outputs[0].shape)
  return matmul(stack([zero, ...outputs.slice(0, -1)]), changes, { transposeA: true })
}

/** Sum over all rows. */
export function rowSum(x: Tensor): Tensor {
  return reduceSum(x, { axes: [0] })
}

/** All outputs, or the last. */
export function valueOf(outputs: readonly Tensor[], sequences: boolean): Tensor {
  const last = outputs[outputs.length - 1]
  return sequences ? reshape(stack(outputs), [outputs.length, ...last.shape]) : last
}

/** The aids by kind: each the values of all steps. */
export function aidsOf(aids: readonly Tensor[], kinds: number): Tensor[][] {
  return Array.from({ length: kinds }, (_, kind) => aids.filter((_, at) => at % kinds === kind))
}

/** The gradient of a step's output: from outside, and through the step after it. */
export function arriving(outside: Tensor | null, later: Tensor | undefined, kernel: Tensor): Tensor {
  return joined(outside, later === undefined ? null : matmul(later, kernel, { transposeB: true }))
}

/** The sum of what comes from outside and from the step after; one of them there is. */
export function joined(outside: Tensor | null, inside: Tensor | null): Tensor {
  if (outside !== null && inside !== null) return add(inside, outside)
  const only = outside ?? inside
  if (only === null) throw new Error('no gradient arrives')
  return only
}
