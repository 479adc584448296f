import type { Operand } from './define'
import { scalarConstant } from './leaves'
import type { DType, Tensor } from './types'
import { ShapeError } from './types'

/** Writes a number beside a tensor as a scalar constant of that tensor's graph and dtype. */
export function operandPair(op: string, a: Operand, b: Operand): readonly [Tensor, Tensor] {
  if (typeof a !== 'number') return [a, typeof b === 'number' ? scalarBeside(op, a, b, a.dtype) : b]
  if (typeof b !== 'number') return [scalarBeside(op, b, a, b.dtype), b]
  throw new ShapeError(`${op}: needs a tensor operand, got two numbers`)
}

/** `value` as a scalar constant of the graph of `beside`. */
export function scalarBeside(op: string, beside: Tensor, value: number, dtype: DType = 'float32'): Tensor {
  if (dtype === 'bool') throw new ShapeError(`${op}: a number cannot stand beside a bool tensor`)
  if (dtype === 'int32' && (value | 0) !== value) throw new ShapeError(`${op}: ${value} is not an int32`)
  return scalarConstant(beside.graph, value, dtype)
}

/** Non-negative axes, ascending; throws on axes outside the rank and on repeated ones. Negative axes count from the end. */
export function normalizeAxes(op: string, rank: number, axes: readonly number[]): number[] {
  const normalized = axes.map((axis) => normalizeAxis(op, rank, axis)).sort((a, b) => a - b)
  if (new Set(normalized).size !== axes.length) throw new ShapeError(`${op}: axes [${axes.join(', ')}] repeat`)
  return normalized
}

export function normalizeAxis(op: string, rank: number, axis: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) throw new ShapeError(`${op}: axis ${axis} of a tensor of rank ${rank}`)
  return axis < 0 ? axis + rank : axis
}
