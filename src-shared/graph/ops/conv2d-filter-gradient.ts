import { apply, sizeOf } from '../define'
import type { OpDefinition, Shape, Tensor } from '../types'
import { expectConvOutput, expectFloats, forEachConvProduct } from './conv'
import type { ConvOptions } from './conv'
import { conv2d } from './conv2d'
import { conv2dInputGradient } from './conv2d-input-gradient'

export type ConvFilterGradientAttrs = ConvOptions & { readonly filterShape: Shape }

/** The gradient of conv2d with respect to its filters. */
export const conv2dFilterGradientOp: OpDefinition<ConvFilterGradientAttrs> = {
  name: 'conv2dFilterGradient',
  doc: 'The transpose of conv2d in its filters: from images x and dy of the shape of its output to filterShape.',
  infer([x, dy], attrs) {
    expectFloats('conv2dFilterGradient', [x, dy])
    expectConvOutput('conv2dFilterGradient', dy, x.shape, attrs.filterShape, attrs)
    return { dtype: 'float32', shape: attrs.filterShape }
  },
  gradient({ inputs: [x, dy], attrs: { filterShape: _, ...options } }, dw) {
    return [conv2dInputGradient(dw, dy, { ...options, inputShape: x.shape }), conv2d(x, dw, options)]
  },
  evaluate([x, dy], attrs) {
    const dw = new Float64Array(sizeOf(attrs.filterShape))
    forEachConvProduct(x.shape, attrs.filterShape, attrs, (xAt, wAt, yAt) => {
      dw[wAt] += x.data[xAt] * dy.data[yAt]
    })
    return dw
  },
}

export function conv2dFilterGradient(x: Tensor, dy: Tensor, { filterShape, strides, pads, dilations, groups }: ConvFilterGradientAttrs): Tensor {
  return apply(conv2dFilterGradientOp, [x, dy], { filterShape, strides, pads, dilations, groups })
}
