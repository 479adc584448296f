import { apply, expectDType, NO_ATTRS } from '../define'
import type { OpDefinition, Tensor } from '../types'
import type { NoAttrs } from './unary'

/** The opposite, elementwise, of a bool. */
export const logicalNotOp: OpDefinition<NoAttrs> = {
  name: 'logicalNot',
  doc: 'The opposite, elementwise, of a bool.',
  infer([x]) {
    expectDType('logicalNot', x.dtype, 'bool')
    return { dtype: 'bool', shape: x.shape }
  },
  gradient: null,
  evaluate: ([x]) => x.data.map((value) => 1 - value),
}

export function logicalNot(x: Tensor): Tensor {
  return apply(logicalNotOp, [x], NO_ATTRS)
}
