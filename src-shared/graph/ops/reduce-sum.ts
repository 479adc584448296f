import { unreduced } from '../lean'
import type { OpDefinition, Tensor } from '../types'
import { applyReduce, evaluateReduce, inferReduce } from './reduce'
import type { ReduceAttrs, ReduceOptions } from './reduce'

/** Sum over axes. */
export const reduceSumOp: OpDefinition<ReduceAttrs> = {
  name: 'reduceSum',
  doc: 'Sum over axes, which are removed, or kept with extent 1 if keepDims.',
  infer: ([x], attrs) => inferReduce('reduceSum', x, attrs),
  gradient: ({ inputs: [x], attrs: { axes } }, dy) => [unreduced(dy, axes, x.shape)],
  evaluate: ([x], { axes }) => evaluateReduce(x, axes, 0, (total, value) => total + value),
}

export function reduceSum(x: Tensor, options: ReduceOptions): Tensor {
  return applyReduce(reduceSumOp, x, options)
}
