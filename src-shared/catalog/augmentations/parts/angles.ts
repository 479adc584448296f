import { add, mul, sub, type Tensor } from '@shared/graph'

/** Sine and cosine of angles in −π … π, to 1e-7: Taylor's polynomials of a quarter of the angle, doubled twice. */
export function sineAndCosine(angle: Tensor): { readonly sine: Tensor; readonly cosine: Tensor } {
  const quarter = mul(angle, 0.25)
  const square = mul(quarter, quarter)
  const polynomial = ([highest, next, ...others]: readonly number[]): Tensor =>
    others.reduce((value, coefficient) => add(mul(value, square), coefficient), add(mul(square, highest), next))
  let sine = mul(quarter, polynomial([1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1]))
  let cosine = polynomial([1 / 40320, -1 / 720, 1 / 24, -1 / 2, 1])
  for (let doubling = 0; doubling < 2; doubling++) [sine, cosine] = [mul(mul(sine, cosine), 2), sub(mul(cosine, cosine), mul(sine, sine))]
  return { sine, cosine }
}
