import { product, scaled } from '../lean'
import type { Tensor } from '../types'
import { exp } from './exp'
import { mul } from './mul'
import { neg } from './neg'
import { applyUnary, unaryOp } from './unary'

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI)

/** Error function 2/√π ∫₀ˣ e^(−t²) dt, elementwise. */
export const erfOp = unaryOp('erf', 'Error function 2/√π ∫₀ˣ e^(−t²) dt, elementwise.', erfOf, (node, dy) => {
  const [x] = node.inputs
  return product(scaled(dy, TWO_OVER_ROOT_PI), exp(neg(mul(x, x))))
})

export function erf(x: Tensor): Tensor {
  return applyUnary(erfOp, x)
}

/** To a few units in the last place: Abramowitz & Stegun 7.1.6 (a sum of positive terms) below 3, 7.1.14 above. */
function erfOf(x: number): number {
  if (Number.isNaN(x)) return NaN
  const size = Math.abs(x)
  const value = size < 3 ? series(size) : 1 - tail(size)
  return x < 0 ? -value : value
}

function series(x: number): number {
  let term = x
  let total = x
  for (let n = 1; term > total * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    total += term
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * total
}

/** erfc by its continued fraction, evaluated from the inside. */
function tail(x: number): number {
  let fraction = x
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction)
}
