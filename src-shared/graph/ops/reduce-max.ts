import { keepingDims, product, quotient, unreduced } from '../lean'
import type { OpDefinition, Tensor } from '../types'
import { cast } from './cast'
import { equal } from './equal'
import { applyReduce, evaluateReduce, inferReduce } from './reduce'
import type { ReduceAttrs, ReduceOptions } from './reduce'
import { reduceSum } from './reduce-sum'

/** Maximum over axes. */
export const reduceMaxOp: OpDefinition<ReduceAttrs> = {
  name: 'reduceMax',
  doc: 'Maximum over axes, which are removed, or kept with extent 1 if keepDims; ties share the gradient equally.',
  infer: ([x], attrs) => inferReduce('reduceMax', x, attrs),
  gradient(node, dy) {
    const [x] = node.inputs
    const { axes, keepDims } = node.attrs
    const isMaximum = cast(equal(x, keepingDims(node, axes, x.shape)), 'float32')
    const share = quotient(dy, reduceSum(isMaximum, { axes, keepDims }))
    return [product(unreduced(share, axes, x.shape), isMaximum)]
  },
  evaluate: ([x], { axes }) => evaluateReduce(x, axes, -Infinity, Math.max),
}

export function reduceMax(x: Tensor, options: ReduceOptions): Tensor {
  return applyReduce(reduceMaxOp, x, options)
}
