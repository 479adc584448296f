import { apply, NO_ATTRS } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { exp } from './exp'
import { mul } from './mul'
import { reduceSum } from './reduce-sum'
import { evaluateRows, inferRows, logSumExp } from './rows'
import { sub } from './sub'
import type { NoAttrs } from './unary'

/** x − log Σ eˣ over the last axis. */
export const logSoftmaxOp: OpDefinition<NoAttrs> = {
  name: 'logSoftmax',
  doc: 'x − log Σ eˣ over the last axis, without overflow.',
  infer: ([x]) => inferRows('logSoftmax', x),
  gradient(node, dy) {
    return [sub(dy, mul(exp(node), reduceSum(dy, { axes: [-1], keepDims: true })))]
  },
  evaluate: ([x]) =>
    evaluateRows(x, (row) => {
      const { maximum, logSum } = logSumExp(row)
      return row.map((value) => value - maximum - logSum)
    }),
}

export function logSoftmax(x: Tensor): Tensor {
  return apply(logSoftmaxOp, [x], NO_ATTRS)
}
