import { z } from 'zod'
import { reshape, sizeOf } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { problem, shown } from './parts/problems'
import { affine, standardize, standardizingOptions } from './parts/standardizing'

export const groupNormalization = defineLayer({
  type: 'groupNormalization',
  options: z.object({
    groups: field(z.int().min(1).default(8), {
      en: 'Number of groups; must divide the channels. 1 takes all channels together. The paper and Keras use 32.',
      'zh-CN': '组数，须整除通道数；1 表示所有通道为一组。论文与 Keras 取 32。',
      symbol: 'g',
      unit: 'groups',
    }),
    ...standardizingOptions,
  }),
  title: { en: 'Group normalization', 'zh-CN': '组归一化' },
  help: {
    en: 'Gives every group of channels of a sample zero mean and unit variance, with γ and β per channel: for images in batches too small for batch normalization. The same in training and evaluation. A group of a single value becomes 0.',
    'zh-CN': '把每个样本的每组通道归一化为零均值、单位方差，γ 与 β 按通道：用于批次太小、不宜用批归一化的图像。训练与评估时相同。只含一个值的组会变为 0。',
  },
  formula: String.raw`y = \gamma_c \, \frac{x - \mu_{k}}{\sqrt{\sigma_{k}^2 + \epsilon}} + \beta_c, \quad k = \lfloor c \, g / C \rfloor`,
  source: 'Wu & He, Group Normalization, arXiv:1803.08494, eq. 1 and 7',
  group: 'normalization',
  arity: [1, 1],
  infer: ([shape], { groups }) => {
    if (shape.length === 0) return problem('layer-needs-vector', { shape: shown(shape) })
    if (shape[0] % groups !== 0) return problem('layer-groups-channels', { channels: shape[0], groups }, 'groups')
    return { shape }
  },
  lower: (scope, [x], { groups, epsilon, ...weights }) => {
    const [batch, ...sample] = x.shape
    const grouped = standardize(reshape(x, [batch, groups, sizeOf(sample) / groups]), [2], epsilon)
    return affine(scope, reshape(grouped, x.shape), { ...weights, over: 'channels' })
  },
})
