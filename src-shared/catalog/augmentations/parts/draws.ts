import { add, cast, greater, mul, type Shape, type Tensor } from '@shared/graph'
import type { AugmentationScope } from '../augmentation'

/** int32 to the open interval (−1, 1): the largest float32 below 1 at the ends, although a cast rounds 2³¹ − 1 up. */
const SCALE = (1 - 2 ** -24) / 2 ** 31

/** Uniform values in (low, high), one for each element of `shape`. */
export function uniform(scope: Pick<AugmentationScope, 'randomBits'>, shape: Shape, low: number, high: number): Tensor {
  const spread = mul(cast(scope.randomBits(shape), 'float32'), (SCALE * (high - low)) / 2)
  const middle = (low + high) / 2
  return middle === 0 ? spread : add(spread, middle)
}

/** True with this probability, for each element of `shape`. */
export function happens(scope: Pick<AugmentationScope, 'randomBits'>, shape: Shape, probability: number): Tensor {
  const bound = Math.min(Math.round(probability * 0x100000000) - 0x80000000, 0x7fffffff)
  return greater(bound, scope.randomBits(shape))
}
