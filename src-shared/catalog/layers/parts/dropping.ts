import { cast, greaterEqual, mul, type Shape, type Tensor } from '@shared/graph'
import type { LayerScope } from '../layer'

/** Bits below it are dropped: of the 2³² int32 values, rate·2³² (rounded) lie below. */
function threshold(rate: number): number {
  return Math.min(Math.round(rate * 0x100000000) - 0x80000000, 0x7fffffff)
}

/** Random zeros with probability `rate`, elsewhere 1/(1 − rate); fresh every step. */
export function dropMask(scope: LayerScope, shape: Shape, rate: number): Tensor {
  return mul(cast(greaterEqual(scope.randomBits(shape), threshold(rate)), 'float32'), 1 / (1 - rate))
}
