import { z } from 'zod'
import { add, div, mul, reduceMean, sqrt } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { problem, shown } from './parts/problems'
import { affine, axesOver } from './parts/standardizing'

export const rmsNormalization = defineLayer({
  type: 'rmsNormalization',
  options: z.object({
    over: field(z.enum(['sample', 'channels', 'features']).default('sample'), {
      en: '`sample`: mean square over all elements of a sample, one γ per element. `channels`: over the channels of each pixel, one γ per channel. `features`: over the features of each time step of a sequence [time, features], one γ per feature. For vectors all are the same.',
      'zh-CN': '`sample`：对样本的全部元素求均方，每个元素各有 γ。`channels`：对每个像素的各通道求，每个通道各有 γ。`features`：对序列 [时间, 特征] 的每个时间步的各特征求，每个特征各有 γ。对向量三者相同。',
    }),
    epsilon: field(z.number().gt(0).default(1e-6), {
      en: 'Added to the mean square before the root. Keras’s default is 1e-6; PyTorch’s is the precision of the number type, 1.2e-7.',
      'zh-CN': '开方前加到均方上的小量。Keras 默认 1e-6；PyTorch 默认取数值类型的精度 1.2e-7。',
      symbol: String.raw`\epsilon`,
    }),
    scale: field(z.boolean().default(true), {
      en: 'Multiplies by a trained factor.',
      'zh-CN': '乘以可训练的系数。',
      symbol: String.raw`\gamma`,
    }),
  }),
  title: { en: 'RMS normalization', 'zh-CN': 'RMS 归一化' },
  help: {
    en: 'Divides every sample by its root mean square: layer normalization without the mean and the shift, cheaper and about as good. Usual in large language models.',
    'zh-CN': '把每个样本除以其均方根：省去均值与平移的层归一化，更省计算而效果相近，常用于大语言模型。',
  },
  formula: String.raw`y = \gamma \odot \frac{x}{\sqrt{\frac{1}{n} \sum_i x_i^2 + \epsilon}}`,
  source: 'Zhang & Sennrich, Root Mean Square Layer Normalization, arXiv:1910.07467, eq. 4',
  group: 'normalization',
  arity: [1, 1],
  infer: ([shape]) => (shape.length > 0 ? { shape } : problem('layer-needs-vector', { shape: shown(shape) })),
  lower: (scope, [x], { over, epsilon, scale }) => {
    const meanSquare = reduceMean(mul(x, x), { axes: axesOver(x, over), keepDims: true })
    return affine(scope, mul(x, div(1, sqrt(add(meanSquare, epsilon)))), { center: false, scale, over })
  },
})
