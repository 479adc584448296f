import { apply, NO_ATTRS } from '../define'
import { product } from '../lean'
import type { OpDefinition, Tensor } from '../types'
import { mul } from './mul'
import { reduceSum } from './reduce-sum'
import { evaluateRows, inferRows, logSumExp } from './rows'
import { sub } from './sub'
import type { NoAttrs } from './unary'

/** eˣ / Σ eˣ over the last axis. */
export const softmaxOp: OpDefinition<NoAttrs> = {
  name: 'softmax',
  doc: 'eˣ / Σ eˣ over the last axis, without overflow.',
  infer: ([x]) => inferRows('softmax', x),
  gradient(node, dy) {
    const weighted = product(dy, node)
    return [sub(weighted, mul(node, reduceSum(weighted, { axes: [-1], keepDims: true })))]
  },
  evaluate: ([x]) =>
    evaluateRows(x, (row) => {
      const { maximum, logSum } = logSumExp(row)
      return row.map((value) => Math.exp(value - maximum - logSum))
    }),
}

export function softmax(x: Tensor): Tensor {
  return apply(softmaxOp, [x], NO_ATTRS)
}
