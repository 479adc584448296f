import { negated, product, scaled, sum, sumTo } from '../lean'
import type { Tensor } from '../types'
import { add } from './add'
import { cast } from './cast'
import { greater } from './greater'
import { greaterEqual } from './greater-equal'

/** Gradients of an op that selects `a` where `larger` > `smaller`, else `b`, and on ties halves the gradient. */
export function selectionGradient([a, b]: readonly Tensor[], dy: Tensor, larger: Tensor, smaller: Tensor): [Tensor, Tensor] {
  const twiceShare = add(cast(greater(larger, smaller), 'float32'), cast(greaterEqual(larger, smaller), 'float32'))
  const da = product(scaled(dy, 0.5), twiceShare)
  return [sumTo(da, a.shape), sumTo(sum(dy, negated(da)), b.shape)]
}
