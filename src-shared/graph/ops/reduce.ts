/** What the reductions share. */
import { apply, expectDType, sizeOf, stridesOf } from '../define'
import { normalizeAxes } from '../operands'
import type { OpDefinition, Shape, Tensor, TensorType, Values } from '../types'
import { forEachIndex, positionOf } from './indexing'

/** Axes are ascending and not negative. */
export type ReduceAttrs = { readonly axes: readonly number[]; readonly keepDims: boolean }

export interface ReduceOptions {
  /** Negative axes count from the end. */
  readonly axes: readonly number[]
  /** Keep the reduced axes as extents of 1. Default false. */
  readonly keepDims?: boolean
}

export function inferReduce(op: string, x: TensorType, { axes, keepDims }: ReduceAttrs): TensorType {
  expectDType(op, x.dtype, 'float32')
  normalizeAxes(op, x.shape.length, axes)
  const shape = x.shape.flatMap((extent, axis) => (!axes.includes(axis) ? [extent] : keepDims ? [1] : []))
  return { dtype: 'float32', shape }
}

/** Appends nothing when there is no axis to reduce. */
export function applyReduce(definition: OpDefinition<ReduceAttrs>, x: Tensor, { axes, keepDims = false }: ReduceOptions): Tensor {
  const normalized = normalizeAxes(definition.name, x.shape.length, axes)
  return normalized.length === 0 ? x : apply(definition, [x], { axes: normalized, keepDims })
}

export function evaluateReduce(x: Values, axes: readonly number[], initial: number, combine: (total: number, value: number) => number): Float64Array {
  const kept: Shape = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride))
  const result = new Float64Array(sizeOf(kept)).fill(initial)
  forEachIndex(x.shape, (index, flat) => {
    const at = positionOf(index, strides)
    result[at] = combine(result[at], x.data[flat])
  })
  return result
}
