import {
  abs,
  add,
  broadcastTo,
  cast,
  concat,
  div,
  greater,
  maximum,
  minimum,
  mul,
  neg,
  reduceMax,
  reduceMean,
  reduceSum,
  reshape,
  scatterAdd,
  sizeOf,
  slice,
  sqrt,
  sub,
  variance,
  type Graph,
  type Tensor,
} from '@shared/graph'

/** Bins of every histogram. */
export const BINS = 32
/** A histogram spans so many standard deviations to either side of the mean; what lies beyond is in the outer bins. */
const REACH = 4
/** Elements that a histogram looks at, at most. */
const HISTOGRAM_LIMIT = 16_384
/** Smallest divisor: keeps 0 / 0 out of tensors of zeros. */
const TINY = 1e-30
/** An output is saturated where the activation's slope is below this share of its steepest. */
const FLAT = 0.05

function allAxes(x: Tensor): number[] {
  return x.shape.map((_, axis) => axis)
}

function flat(x: Tensor): Tensor {
  return reshape(x, [sizeOf(x.shape)])
}

/**
 * Euclidean norm of several tensors as if they were one, `[]`. Scaled by the largest element, so that squares neither
 * overflow nor vanish: gradients of 1e-25 still have a norm.
 */
export function norm(tensors: readonly Tensor[]): Tensor {
  const largest = tensors.map((x) => reduceMax(abs(x), { axes: allAxes(x) })).reduce((a, b) => maximum(a, b))
  const unit = maximum(largest, TINY)
  const squares = tensors.map((x) => {
    const scaled = div(x, unit)
    return reduceSum(mul(scaled, scaled), { axes: allAxes(x) })
  })
  return mul(unit, sqrt(squares.reduce((a, b) => add(a, b))))
}

/** Mean and standard deviation of all elements, both `[]`. */
export function moments(x: Tensor): { readonly mean: Tensor; readonly deviation: Tensor } {
  const axes = allAxes(x)
  return { mean: reduceMean(x, { axes }), deviation: sqrt(variance(x, { axes })) }
}

/** Activations whose outputs tell how steep they are: σ' = y (1 − y) ≤ 1/4, tanh' = 1 − y² ≤ 1. */
export type Saturating = 'sigmoid' | 'tanh'

/** Share of outputs where the activation is nearly flat, `[]`. */
export function saturation(y: Tensor, activation: Saturating): Tensor {
  const slope = activation === 'sigmoid' ? mul(mul(y, sub(1, y)), 4) : sub(1, mul(y, y))
  return reduceMean(cast(greater(FLAT, slope), 'float32'), { axes: allAxes(y) })
}

/** Axis that counts units: channels of images, features of everything else. */
export function unitAxis(shape: readonly number[]): number {
  return shape.length === 4 ? 1 : shape.length - 1
}

/** For every unit of a batch 1 if it was above zero anywhere, else 0: `[units]`. */
export function activity(y: Tensor): Tensor {
  const axis = unitAxis(y.shape)
  return cast(greater(reduceMax(y, { axes: allAxes(y).filter((each) => each !== axis) }), 0), 'float32')
}

/** At most `limit` elements, evenly spread, flat. The stride shares no factor with any extent, so that it does not keep
 *  to the same units. */
export function spread(x: Tensor, limit: number): Tensor {
  const size = sizeOf(x.shape)
  if (size <= limit) return flat(x)
  let stride = Math.ceil(size / limit)
  while (x.shape.some((extent) => gcd(stride, extent) > 1) && stride < size / 64) stride++
  const count = Math.floor(size / stride)
  const rows = reshape(slice(flat(x), { starts: [0], sizes: [count * stride] }), [count, stride])
  return flat(slice(rows, { starts: [0, 0], sizes: [count, 1] }))
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

/** Histogram of (some of) the tensors' elements together, `[2 + BINS]`: lower and upper end, then counts. */
export function histogram(graph: Graph, tensors: readonly Tensor[]): Tensor {
  const limit = Math.ceil(HISTOGRAM_LIMIT / tensors.length)
  const parts = tensors.map((x) => spread(x, limit))
  const x = parts.length === 1 ? parts[0] : concat(parts, 0)
  const { mean, deviation } = moments(x)
  const reach = mul(deviation, REACH)
  const low = maximum(neg(reduceMax(neg(x), { axes: [0] })), sub(mean, reach))
  const high = minimum(reduceMax(x, { axes: [0] }), add(mean, reach))
  const position = mul(div(sub(x, low), maximum(sub(high, low), TINY)), BINS)
  // Clamped before the cast, which has no meaning beyond the integers, and after it, since NaN passes the first.
  const bin = minimum(maximum(cast(minimum(maximum(position, 0), BINS - 1), 'int32'), 0), BINS - 1)
  const counts = scatterAdd(bin, broadcastTo(graph.scalar(1), x.shape), BINS)
  return concat([reshape(low, [1]), reshape(high, [1]), counts], 0)
}
