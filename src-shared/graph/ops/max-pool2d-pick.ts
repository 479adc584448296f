import { apply, expectDType, sameShape, sizeOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { ShapeError } from '../types'
import { maxPool2dGradient } from './max-pool2d-gradient'
import { forEachPoolMaximum, poolOutputShape } from './pool'
import type { PoolAttrs } from './pool'

/** Reads `v` where `x` has the first maximum of each window: the transpose of maxPool2dGradient. */
export const maxPool2dPickOp: OpDefinition<PoolAttrs> = {
  name: 'maxPool2dPick',
  doc: 'For every window of x, the element of v (of the shape of x) at the first maximum in row-major order. Linear in v; no gradient to x.',
  infer([x, v], attrs) {
    expectDType('maxPool2dPick', x.dtype, 'float32')
    expectDType('maxPool2dPick', v.dtype, 'float32')
    if (!sameShape(x.shape, v.shape)) throw new ShapeError(`maxPool2dPick: x [${x.shape.join(', ')}], v [${v.shape.join(', ')}]`)
    return { dtype: 'float32', shape: poolOutputShape('maxPool2dPick', x.shape, attrs) }
  },
  gradient: ({ inputs: [x], attrs }, dy) => [null, maxPool2dGradient(x, dy, attrs)],
  evaluate([x, v], attrs, { shape }) {
    const y = new Float64Array(sizeOf(shape))
    forEachPoolMaximum(x, attrs, (xAt, yAt) => {
      y[yAt] = v.data[xAt]
    })
    return y
  },
}

export function maxPool2dPick(x: Tensor, v: Tensor, { kernel, strides, pads }: PoolAttrs): Tensor {
  return apply(maxPool2dPickOp, [x, v], { kernel, strides, pads })
}
