import { apply, expectDType, sizeOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { maxPool2dGradient } from './max-pool2d-gradient'
import { forEachPoolMaximum, poolOutputShape } from './pool'
import type { PoolAttrs } from './pool'

/** Maximum of every window. */
export const maxPool2dOp: OpDefinition<PoolAttrs> = {
  name: 'maxPool2d',
  doc: 'Maximum of every window of x [batch, channels, height, width]; windows may overlap; padding counts as −∞ and is smaller than the kernel.',
  infer([x], attrs) {
    expectDType('maxPool2d', x.dtype, 'float32')
    return { dtype: 'float32', shape: poolOutputShape('maxPool2d', x.shape, attrs) }
  },
  gradient: ({ inputs: [x], attrs }, dy) => [maxPool2dGradient(x, dy, attrs)],
  evaluate([x], attrs, { shape }) {
    const y = new Float64Array(sizeOf(shape))
    forEachPoolMaximum(x, attrs, (xAt, yAt) => {
      y[yAt] = x.data[xAt]
    })
    return y
  },
}

export function maxPool2d(x: Tensor, { kernel, strides, pads }: PoolAttrs): Tensor {
  return apply(maxPool2dOp, [x], { kernel, strides, pads })
}
