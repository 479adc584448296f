import { z } from 'zod'
import { field } from '../definition'
import { defineLayer } from './layer'
import { problem, shown } from './parts/problems'
import { affine, axesOver, standardize, standardizingOptions } from './parts/standardizing'

export const layerNormalization = defineLayer({
  type: 'layerNormalization',
  options: z.object({
    over: field(z.enum(['sample', 'channels', 'features']).default('sample'), {
      en: '`sample`: mean and variance over all elements of a sample, one γ and β per element (the paper; PyTorch with the whole sample shape). `channels`: over the channels of each pixel, one γ and β per channel. `features`: over the features of each time step of a sequence [time, features], one γ and β per feature (Keras’s default, the last axis). For vectors all are the same.',
      'zh-CN': '`sample`：对样本的全部元素求均值与方差，每个元素各有 γ 与 β（论文做法；相当于 PyTorch 取整个样本形状）。`channels`：对每个像素的各通道求，每个通道各有 γ 与 β。`features`：对序列 [时间, 特征] 的每个时间步的各特征求，每个特征各有 γ 与 β（Keras 的默认，即最后一轴）。对向量三者相同。',
    }),
    ...standardizingOptions,
  }),
  title: { en: 'Layer normalization', 'zh-CN': '层归一化' },
  help: {
    en: 'Gives every sample zero mean and unit variance by itself: the same in training and evaluation, and independent of the batch size.',
    'zh-CN': '对每个样本单独归一化为零均值、单位方差：训练与评估时相同，且与批次大小无关。',
  },
  formula: String.raw`y = \gamma \odot \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta`,
  source: 'Ba, Kiros & Hinton, Layer Normalization, arXiv:1607.06450, eq. 3 and 4',
  group: 'normalization',
  arity: [1, 1],
  infer: ([shape]) => (shape.length > 0 ? { shape } : problem('layer-needs-vector', { shape: shown(shape) })),
  lower: (scope, [x], { over, epsilon, ...weights }) => {
    return affine(scope, standardize(x, axesOver(x, over), epsilon), { ...weights, over })
  },
})
