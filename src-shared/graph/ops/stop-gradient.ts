import { apply, NO_ATTRS } from '../define'
import type { OpDefinition, Tensor } from '../types'
import type { NoAttrs } from './unary'

/** The value of x, which counts as a constant in differentiation. */
export const stopGradientOp: OpDefinition<NoAttrs> = {
  name: 'stopGradient',
  doc: 'The value of x, which counts as a constant in differentiation.',
  infer: ([{ dtype, shape }]) => ({ dtype, shape }),
  gradient: null,
  evaluate: ([x]) => x.data,
}

export function stopGradient(x: Tensor): Tensor {
  return apply(stopGradientOp, [x], NO_ATTRS)
}
