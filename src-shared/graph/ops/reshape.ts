import { apply, sameShape, sizeOf } from '../define'
import type { OpDefinition, Shape, Tensor } from '../types'
import { ShapeError } from '../types'
import { broadcastTo } from './broadcast-to'

export type ReshapeAttrs = { readonly shape: Shape }

/** The same elements, in row-major order, in another shape. */
export const reshapeOp: OpDefinition<ReshapeAttrs> = {
  name: 'reshape',
  doc: 'The same elements, in row-major order, in another shape of equal size.',
  infer([x], { shape }) {
    if (sizeOf(x.shape) !== sizeOf(shape)) throw new ShapeError(`reshape: [${x.shape.join(', ')}] into [${shape.join(', ')}]`)
    return { dtype: x.dtype, shape }
  },
  gradient: ({ inputs: [x] }, dy) => [reshape(dy, x.shape)],
  evaluate: ([x]) => x.data,
}

/** Appends nothing when x has this shape already. A reshaped tensor is reshaped from its origin. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  if (x.op === reshapeOp.name) return reshape(x.inputs[0], shape)
  if (x.op === 'broadcastTo' && x.inputs[0].shape.length === 0 && sizeOf(x.shape) === sizeOf(shape)) return broadcastTo(x.inputs[0], shape)
  return apply(reshapeOp, [x], { shape })
}
