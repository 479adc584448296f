/** Compositions of ops that need no op of their own. */
import { normalizeAxes } from './operands'
import { mul } from './ops/mul'
import type { ReduceOptions } from './ops/reduce'
import { reduceSum } from './ops/reduce-sum'
import { sub } from './ops/sub'
import type { Tensor } from './types'

/** Mean over `axes`. */
export function reduceMean(x: Tensor, { axes, keepDims = false }: ReduceOptions): Tensor {
  const count = normalizeAxes('reduceMean', x.shape.length, axes).reduce((product, axis) => product * x.shape[axis], 1)
  const total = reduceSum(x, { axes, keepDims })
  return count === 1 ? total : mul(total, 1 / count)
}

/** Population variance over `axes` (divided by the count, not by count − 1), from centered values. */
export function variance(x: Tensor, { axes, keepDims = false }: ReduceOptions): Tensor {
  const centered = sub(x, reduceMean(x, { axes, keepDims: true }))
  return reduceMean(mul(centered, centered), { axes, keepDims })
}
