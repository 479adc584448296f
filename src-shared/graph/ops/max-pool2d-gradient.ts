import { apply, expectDType } from '../define'
import type { OpDefinition, Tensor } from '../types'
import { maxPool2dPick } from './max-pool2d-pick'
import { expectPoolOutput, forEachPoolMaximum } from './pool'
import type { PoolAttrs } from './pool'

/** Gives every dy to the first maximum of its window. */
export const maxPool2dGradientOp: OpDefinition<PoolAttrs> = {
  name: 'maxPool2dGradient',
  doc: 'Adds every element of dy, of the shape of the pool over x, to the first maximum of its window in row-major order; zeros elsewhere. Linear in dy; no gradient to x.',
  infer([x, dy], attrs) {
    expectDType('maxPool2dGradient', x.dtype, 'float32')
    expectPoolOutput('maxPool2dGradient', dy, x.shape, attrs)
    return { dtype: 'float32', shape: x.shape }
  },
  gradient: ({ inputs: [x], attrs }, dx) => [null, maxPool2dPick(x, dx, attrs)],
  evaluate([x, dy], attrs) {
    const dx = new Float64Array(x.data.length)
    forEachPoolMaximum(x, attrs, (xAt, yAt) => {
      dx[xAt] += dy.data[yAt]
    })
    return dx
  },
}

export function maxPool2dGradient(x: Tensor, dy: Tensor, { kernel, strides, pads }: PoolAttrs): Tensor {
  return apply(maxPool2dGradientOp, [x, dy], { kernel, strides, pads })
}
