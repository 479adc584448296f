import { z } from 'zod'
import { add, div, mul, reduceMean, reshape, sqrt, sub, type Shape, type Tensor } from '@shared/graph'
import { sampleAxes } from '../../axes'
import { field } from '../../definition'
import type { LayerScope } from '../layer'

/** Options of normalizations that need no running statistics. */
export const standardizingOptions = {
  epsilon: field(z.number().gt(0).default(1e-5), {
    en: 'Added to the variance before the root. PyTorch’s default is 1e-5, Keras’s 1e-3.',
    'zh-CN': '开方前加到方差上的小量。PyTorch 默认 1e-5，Keras 默认 1e-3。',
    symbol: String.raw`\epsilon`,
  }),
  center: field(z.boolean().default(true), {
    en: 'Adds a trained shift.',
    'zh-CN': '加上可训练的平移。',
    symbol: String.raw`\beta`,
  }),
  scale: field(z.boolean().default(true), {
    en: 'Multiplies by a trained factor.',
    'zh-CN': '乘以可训练的系数。',
    symbol: String.raw`\gamma`,
  }),
}

/** (x − mean) / √(variance + ε) over `axes`, from centered values. */
export function standardize(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const centered = sub(x, reduceMean(x, { axes, keepDims: true }))
  const variance = reduceMean(mul(centered, centered), { axes, keepDims: true })
  return mul(centered, div(1, sqrt(add(variance, epsilon))))
}

/** What a normalization takes together: a whole sample, the channels of each pixel, the features of each time step. */
export type NormalizedOver = 'sample' | 'channels' | 'features'

export function axesOver(x: Tensor, over: NormalizedOver): readonly number[] {
  switch (over) {
    case 'sample':
      return sampleAxes(x)
    case 'channels':
      return [1]
    case 'features':
      return [x.shape.length - 1]
  }
}

/** γ·x + β, either where asked for; one weight per element of what is normalized together. */
export function affine(scope: LayerScope, x: Tensor, options: { readonly center: boolean; readonly scale: boolean; readonly over: NormalizedOver }): Tensor {
  const sample = x.shape.slice(1)
  const shape = normalizedShape(sample, options.over)
  const beside = (weight: Tensor): Tensor => (options.over === 'channels' && sample.length > 1 ? reshape(weight, [sample[0], ...sample.slice(1).map(() => 1)]) : weight)
  const request = { shape, role: 'norm', fanIn: shape[0], fanOut: shape[0] } as const
  const scaled = options.scale ? mul(x, beside(scope.weight({ ...request, name: 'gamma', initializer: { type: 'ones' } }))) : x
  return options.center ? add(scaled, beside(scope.weight({ ...request, name: 'beta', initializer: { type: 'zeros' } }))) : scaled
}

/** Shape of γ and β for a sample of this shape. */
export function normalizedShape(sample: Shape, over: NormalizedOver): Shape {
  if (over === 'sample') return sample
  return [over === 'channels' ? sample[0] : sample[sample.length - 1]]
}
