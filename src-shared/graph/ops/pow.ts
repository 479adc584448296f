import type { Operand } from '../define'
import { product, scaled, sumTo } from '../lean'
import { scalarValue } from '../leaves'
import type { Tensor } from '../types'
import { applyBinary, binaryOp } from './binary'
import { equal } from './equal'
import { log } from './log'
import { mul } from './mul'
import { sub } from './sub'
import { where } from './where'

const doc = 'aᵇ, elementwise, float32 only; NaN for a negative base and a fractional exponent.'

/**
 * aᵇ, elementwise. Gradients where the formula would say 0 · ∞ are 0, as in PyTorch: to the base where the exponent is
 * 0, to the exponent where the base is 0.
 */
export const powOp = binaryOp({
  name: 'pow',
  doc,
  dtypes: ['float32'],
  compute: (a, b) => a ** b,
  gradient: (node, dy) => {
    const [a, b] = node.inputs
    return [sumTo(baseGradient(a, b, dy), a.shape), sumTo(product(dy, where(equal(a, 0), 0, mul(node, log(a)))), b.shape)]
  },
})

export function pow(a: Operand, b: Operand): Tensor {
  return applyBinary(powOp, a, b)
}

function baseGradient(a: Tensor, b: Tensor, dy: Tensor): Tensor {
  const exponent = scalarValue(b)
  if (exponent === null) return product(dy, where(equal(b, 0), 0, mul(b, pow(a, sub(b, 1)))))
  if (exponent === 0 || exponent === 1) return scaled(dy, exponent)
  return product(scaled(dy, exponent), exponent === 2 ? a : pow(a, exponent - 1))
}
