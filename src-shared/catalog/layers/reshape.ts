import { z } from 'zod'
import { reshape as reshapeOf, sizeOf, type Shape } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { problem, shown } from './parts/problems'

/** The target with its −1 filled in; null where the elements do not come out even. */
function resolve(input: Shape, target: readonly number[]): Shape | null {
  const known = target.filter((extent) => extent !== -1).reduce((product, extent) => product * extent, 1)
  const shape = target.map((extent) => (extent === -1 ? sizeOf(input) / known : extent))
  return shape.every(Number.isInteger) && sizeOf(shape) === sizeOf(input) ? shape : null
}

export const reshape = defineLayer({
  type: 'reshape',
  options: z.object({
    shape: field(
      z
        .array(z.union([z.int().min(1), z.literal(-1)]))
        .min(1)
        .readonly()
        .refine((shape) => shape.filter((extent) => extent === -1).length <= 1, { error: 'at most one extent may be -1' }),
      {
        en: 'New shape of one sample, without the batch; one extent may be −1 and is then computed from the others.',
        'zh-CN': '单个样本的新形状，不含批次；其中一个可为 −1，由其余各维推算。',
        symbol: 's',
      },
    ),
  }),
  title: { en: 'Reshape', 'zh-CN': '变形' },
  help: {
    en: 'Gives each sample another shape with the same elements in row-major order: for example a vector of 784 pixels to an image [1, 28, 28].',
    'zh-CN': '按行优先顺序把样本元素排成另一种形状，例如把 784 个像素的向量变成 [1, 28, 28] 的图像。',
  },
  formula: String.raw`y \in \mathbb{R}^{s}, \quad \operatorname{vec}(y) = \operatorname{vec}(x)`,
  source: 'https://keras.io/api/layers/reshaping_layers/reshape/',
  group: 'shape',
  arity: [1, 1],
  infer: ([input], { shape }) => {
    const resolved = resolve(input, shape)
    if (resolved !== null) return { shape: resolved }
    return problem('layer-reshape-size', { input: shown(input), size: sizeOf(input), target: shown(shape) }, 'shape')
  },
  lower: (_scope, [x], { shape }) => {
    const resolved = resolve(x.shape.slice(1), shape)
    if (resolved === null) throw new Error(`reshape to [${shape.join(', ')}] was not inferred`)
    return reshapeOf(x, [x.shape[0], ...resolved])
  },
})
