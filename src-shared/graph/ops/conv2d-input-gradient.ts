import { apply, sizeOf } from '../define'
import type { OpDefinition, Shape, Tensor } from '../types'
import { expectConvOutput, expectFloats, forEachConvProduct } from './conv'
import type { ConvOptions } from './conv'
import { conv2d } from './conv2d'
import { conv2dFilterGradient } from './conv2d-filter-gradient'

export type ConvInputGradientAttrs = ConvOptions & { readonly inputShape: Shape }

/** The gradient of conv2d with respect to its images; also known as transposed convolution. */
export const conv2dInputGradientOp: OpDefinition<ConvInputGradientAttrs> = {
  name: 'conv2dInputGradient',
  doc: 'The transpose of conv2d in its images: from filters w and dy of the shape of its output to inputShape.',
  infer([w, dy], attrs) {
    expectFloats('conv2dInputGradient', [w, dy])
    expectConvOutput('conv2dInputGradient', dy, attrs.inputShape, w.shape, attrs)
    return { dtype: 'float32', shape: attrs.inputShape }
  },
  gradient({ inputs: [w, dy], attrs: { inputShape: _, ...options } }, dx) {
    return [conv2dFilterGradient(dx, dy, { ...options, filterShape: w.shape }), conv2d(dx, w, options)]
  },
  evaluate([w, dy], attrs) {
    const dx = new Float64Array(sizeOf(attrs.inputShape))
    forEachConvProduct(attrs.inputShape, w.shape, attrs, (xAt, wAt, yAt) => {
      dx[xAt] += w.data[wAt] * dy.data[yAt]
    })
    return dx
  },
}

export function conv2dInputGradient(w: Tensor, dy: Tensor, { inputShape, strides, pads, dilations, groups }: ConvInputGradientAttrs): Tensor {
  return apply(conv2dInputGradientOp, [w, dy], { inputShape, strides, pads, dilations, groups })
}
