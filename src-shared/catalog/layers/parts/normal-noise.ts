import { add, cast, greater, log, mul, neg, sqrt, sub, where, type Shape, type Tensor } from '@shared/graph'
import type { LayerScope } from '../layer'

/** Coefficients of Giles’s single-precision inverse error function, highest power first (Table 5 of the paper). */
const CENTER = [2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3, -4.17768164e-3, 0.246640727, 1.50140941]
const TAIL = [-2.00214257e-4, 1.00950558e-4, 1.34934322e-3, -3.67342844e-3, 5.73950773e-3, -7.6224613e-3, 9.43887047e-3, 1.00167406, 2.83297682]

/** int32 to the open interval (−1, 1): the largest float32 below 1 at the ends, although a cast rounds 2³¹ − 1 up. */
const SCALE = (1 - 2 ** -24) / 2 ** 31

function polynomial([highest, next, ...others]: readonly number[], x: Tensor): Tensor {
  return others.reduce((value, coefficient) => add(mul(value, x), coefficient), add(mul(x, highest), next))
}

/**
 * Standard normal values, fresh every step: √2·erfinv(u) of u uniform in (−1, 1), by polynomials in −log(1 − u²).
 * Exact to float32’s precision, within ±5.42. Source: Giles (2010), Approximating the erfinv function, GPU Computing Gems.
 */
export function normalNoise(scope: Pick<LayerScope, 'randomBits'>, shape: Shape): Tensor {
  const u = mul(cast(scope.randomBits(shape), 'float32'), SCALE)
  const w = neg(log(mul(sub(1, u), add(u, 1))))
  const slope = where(greater(5, w), polynomial(CENTER, sub(w, 2.5)), polynomial(TAIL, sub(sqrt(w), 3)))
  return mul(mul(u, slope), Math.SQRT2)
}
