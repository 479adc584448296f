import { matmul, reshape, type Shape, type Tensor } from '@shared/graph'
import type { ShapeProblem } from '../layer'
import { problem, shown } from './problems'

/** Null for `[time, features]`. */
export function sequenceProblem(shape: Shape): { readonly problem: ShapeProblem } | null {
  return shape.length === 2 ? null : problem('layer-needs-sequence', { shape: shown(shape) })
}

/**
 * Every row of the last axis times `kernel` `[features, units]`, as one matrix product, handed to `finish` as a matrix
 * (a bias added there is part of the product) and given the leading axes back.
 */
export function projectRows(x: Tensor, kernel: Tensor, finish: (rows: Tensor) => Tensor = (rows) => rows): Tensor {
  const lead = x.shape.slice(0, -1)
  const rows = lead.reduce((product, extent) => product * extent, 1)
  const projected = finish(matmul(reshape(x, [rows, kernel.shape[0]]), kernel))
  return reshape(projected, [...lead, kernel.shape[1]])
}
