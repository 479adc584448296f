/** What softmax and logSoftmax share. */
import { expectDType } from '../define'
import type { TensorType, Values } from '../types'
import { ShapeError } from '../types'

export function inferRows(op: string, x: TensorType): TensorType {
  expectDType(op, x.dtype, 'float32')
  if (x.shape.length === 0) throw new ShapeError(`${op}: needs an axis, got a scalar`)
  return { dtype: 'float32', shape: x.shape }
}

/** Applies `compute` to every row of the last axis. */
export function evaluateRows(x: Values, compute: (row: Float64Array) => Float64Array): Float64Array {
  const length = x.shape[x.shape.length - 1]
  const result = new Float64Array(x.data.length)
  for (let start = 0; start < x.data.length; start += length) result.set(compute(x.data.subarray(start, start + length)), start)
  return result
}

/** log Σ eˣ − max x, and max x: kept apart, so that nothing overflows. */
export function logSumExp(row: Float64Array): { maximum: number; logSum: number } {
  const maximum = Math.max(...row)
  return { maximum, logSum: Math.log(row.reduce((total, x) => total + Math.exp(x - maximum), 0)) }
}
