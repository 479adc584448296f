import { apply, sizeOf } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { convOutputShape, expectFloats, forEachConvProduct } from './conv'
import type { ConvOptions } from './conv'
import { conv2dFilterGradient } from './conv2d-filter-gradient'
import { conv2dInputGradient } from './conv2d-input-gradient'

/** Cross-correlation of images with filters. */
export const conv2dOp: OpDefinition<ConvOptions> = {
  name: 'conv2d',
  doc: 'Cross-correlation (as in PyTorch and ONNX) of x [batch, in, height, width] with filters w [out, in / groups, kernel height, kernel width], zero padded → [batch, out, rows, columns].',
  infer([x, w], options) {
    expectFloats('conv2d', [x, w])
    return { dtype: 'float32', shape: convOutputShape('conv2d', x.shape, w.shape, options) }
  },
  gradient({ inputs: [x, w], attrs }, dy) {
    return [conv2dInputGradient(w, dy, { ...attrs, inputShape: x.shape }), conv2dFilterGradient(x, dy, { ...attrs, filterShape: w.shape })]
  },
  evaluate([x, w], options, { shape }) {
    const y = new Float64Array(sizeOf(shape))
    forEachConvProduct(x.shape, w.shape, options, (xAt, wAt, yAt) => {
      y[yAt] += x.data[xAt] * w.data[wAt]
    })
    return y
  },
}

export function conv2d(x: Tensor, w: Tensor, { strides, pads, dilations, groups }: ConvOptions): Tensor {
  return apply(conv2dOp, [x, w], { strides, pads, dilations, groups })
}
