import { apply, sizeOf } from '../define'
import type { OpDefinition, Shape, Tensor } from '../types'
import { avgPool2d } from './avg-pool2d'
import { avgPoolDivisor, expectPoolOutput, forEachPoolWindow } from './pool'
import type { AvgPoolAttrs } from './pool'

export type AvgPoolGradientAttrs = AvgPoolAttrs & { readonly inputShape: Shape }

/** Spreads every dy evenly over its window. */
export const avgPool2dGradientOp: OpDefinition<AvgPoolGradientAttrs> = {
  name: 'avgPool2dGradient',
  doc: 'The transpose of avgPool2d: adds every element of dy, divided as the mean was, to all elements of its window, giving inputShape.',
  infer([dy], attrs) {
    expectPoolOutput('avgPool2dGradient', dy, attrs.inputShape, attrs)
    return { dtype: 'float32', shape: attrs.inputShape }
  },
  gradient: ({ attrs }, dx) => [avgPool2d(dx, attrs)],
  evaluate([dy], attrs) {
    const dx = new Float64Array(sizeOf(attrs.inputShape))
    forEachPoolWindow(attrs.inputShape, attrs, (elements, yAt) => {
      for (const at of elements) dx[at] += dy.data[yAt] / avgPoolDivisor(elements, attrs)
    })
    return dx
  },
}

export function avgPool2dGradient(dy: Tensor, { inputShape, kernel, strides, pads, countIncludePad }: AvgPoolGradientAttrs): Tensor {
  return apply(avgPool2dGradientOp, [dy], { inputShape, kernel, strides, pads, countIncludePad })
}
