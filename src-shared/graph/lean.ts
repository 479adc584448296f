/**
 * Arithmetic for gradients. A gradient often is one number spread over a tensor (the mean's, the sum's); these
 * functions look through `broadcastTo` and fold scalar constants, so that such a tensor is never made in memory and
 * training executes no multiplication by one. What they leave unused is not `reachable`, hence not executed.
 */
import { sameShape, sizeOf } from './define'
import { scalarConstant, scalarValue } from './leaves'
import { add } from './ops/add'
import { broadcastTo } from './ops/broadcast-to'
import { div } from './ops/div'
import { mul } from './ops/mul'
import { neg } from './ops/neg'
import { reduceSum } from './ops/reduce-sum'
import { reshape } from './ops/reshape'
import type { Shape, Tensor } from './types'

/** What `x` is a broadcast of: `x` itself where it is none. */
function core(x: Tensor): Tensor {
  return x.op === 'broadcastTo' ? x.inputs[0] : x
}

/** x · factor. */
export function scaled(x: Tensor, factor: number): Tensor {
  if (factor === 1) return x
  const inner = core(x)
  const value = scalarValue(inner)
  const product = value !== null ? scalarConstant(x.graph, value * factor, 'float32') : factor === -1 ? neg(inner) : mul(inner, factor)
  return broadcastTo(product, x.shape)
}

/** −x. */
export function negated(x: Tensor): Tensor {
  return scaled(x, -1)
}

/** x · factor, of x's shape, to which `factor` must broadcast. */
export function product(x: Tensor, factor: Tensor): Tensor {
  const constant = scalarValue(factor)
  if (constant !== null) return scaled(x, constant)
  const inner = core(x)
  const value = scalarValue(inner)
  return broadcastTo(value !== null ? scaled(factor, value) : mul(inner, factor), x.shape)
}

/** x / divisor, of x's shape, to which `divisor` must broadcast. */
export function quotient(x: Tensor, divisor: Tensor): Tensor {
  return broadcastTo(div(core(x), divisor), x.shape)
}

/** a + b of equal shapes. */
export function sum(a: Tensor, b: Tensor): Tensor {
  const [left, right] = [scalarValue(core(a)), scalarValue(core(b))]
  if (left !== null && right !== null) return broadcastTo(scalarConstant(a.graph, left + right, 'float32'), a.shape)
  if (left === 0) return b
  if (right === 0) return a
  return broadcastTo(add(core(a), core(b)), a.shape)
}

/** `x` with the axes of extent 1 that reduction removed put back, spread over `shape`. */
export function unreduced(x: Tensor, axes: readonly number[], shape: Shape): Tensor {
  return broadcastTo(keepingDims(x, axes, shape), shape)
}

/** `x`, a reduction of `shape` over `axes`, with these axes as extents of 1; left out where broadcasting adds them. */
export function keepingDims(x: Tensor, axes: readonly number[], shape: Shape): Tensor {
  const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  const inner = core(x)
  if (inner.shape.length === 0) return inner
  if (x.shape.length === shape.length - axes.length && axes.every((axis, index) => axis === index)) return x
  return reshape(x, kept)
}

/** Sums `x` over the axes along which `shape` was broadcast to give x's shape. Appends nothing when the shapes are equal. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  const inner = core(x)
  if (inner.shape.length === 0) return broadcastTo(scaled(inner, sizeOf(x.shape) / sizeOf(shape)), shape)
  const added = x.shape.length - shape.length
  const axes = x.shape.flatMap((extent, axis) => (axis < added || (shape[axis - added] === 1 && extent !== 1) ? [axis] : []))
  const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  return sameShape(kept, shape) ? reduceSum(x, { axes, keepDims: true }) : reshape(reduceSum(x, { axes }), shape)
}
