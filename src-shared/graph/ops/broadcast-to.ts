import { apply, broadcastShapes, sameShape } from '../define'
import { sumTo } from '../lean'
import type { OpDefinition, Shape, Tensor } from '../types'
import { ShapeError } from '../types'
import { broadcastStrides, gatherElements, positionOf } from './indexing'

export type BroadcastAttrs = { readonly shape: Shape }

/** x repeated along axes of extent 1 and along new leading axes. */
export const broadcastToOp: OpDefinition<BroadcastAttrs> = {
  name: 'broadcastTo',
  doc: 'x repeated along its axes of extent 1 and along new leading axes to give `shape`.',
  infer([x], { shape }) {
    if (!sameShape(broadcastShapes('broadcastTo', x.shape, shape), shape)) {
      throw new ShapeError(`broadcastTo: [${x.shape.join(', ')}] is larger than [${shape.join(', ')}]`)
    }
    return { dtype: x.dtype, shape }
  },
  gradient: ({ inputs: [x] }, dy) => [sumTo(dy, x.shape)],
  evaluate([x], _attrs, { shape }) {
    const strides = broadcastStrides(x.shape, shape)
    return gatherElements(x.data, shape, (index) => positionOf(index, strides))
  },
}

/** Appends nothing when x has this shape already. A broadcast tensor is broadcast from its origin. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  return apply(broadcastToOp, [x.op === broadcastToOp.name ? x.inputs[0] : x], { shape })
}
