import { apply, expectDType, sizeOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { avgPool2dGradient } from './avg-pool2d-gradient'
import { avgPoolDivisor, forEachPoolWindow, poolOutputShape } from './pool'
import type { AvgPoolAttrs } from './pool'

/** Mean of every window. */
export const avgPool2dOp: OpDefinition<AvgPoolAttrs> = {
  name: 'avgPool2d',
  doc: 'Mean of every window of x [batch, channels, height, width]; windows may overlap; padding counts as 0 if countIncludePad, else not at all, and is smaller than the kernel.',
  infer([x], attrs) {
    expectDType('avgPool2d', x.dtype, 'float32')
    return { dtype: 'float32', shape: poolOutputShape('avgPool2d', x.shape, attrs) }
  },
  gradient: ({ inputs: [x], attrs }, dy) => [avgPool2dGradient(dy, { ...attrs, inputShape: x.shape })],
  evaluate([x], attrs, { shape }) {
    const y = new Float64Array(sizeOf(shape))
    forEachPoolWindow(x.shape, attrs, (elements, yAt) => {
      y[yAt] = elements.reduce((total, at) => total + x.data[at], 0) / avgPoolDivisor(elements, attrs)
    })
    return y
  },
}

export function avgPool2d(x: Tensor, { kernel, strides, pads, countIncludePad }: AvgPoolAttrs): Tensor {
  return apply(avgPool2dOp, [x], { kernel, strides, pads, countIncludePad })
}
