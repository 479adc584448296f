import { z } from 'zod'
import { add, mul } from '@shared/graph'
import { field } from '../definition'
import { normalNoise } from '../layers/parts/normal-noise'
import { defineValues } from './augmentation'

export const noise = defineValues({
  type: 'noise',
  kind: 'values',
  options: z.object({
    deviation: field(z.number().min(0).default(0.05), {
      en: 'Standard deviation of the noise, in units of the preprocessed features: with standardized features a fraction of their own spread.',
      'zh-CN': '噪声的标准差，单位为预处理后的特征；特征标准化后即为其自身离散程度的比例。',
      symbol: String.raw`\sigma`,
    }),
  }),
  title: { en: 'Noise', 'zh-CN': '噪声' },
  help: {
    en: 'Adds normal noise to every value, for tables as well as pictures. Small noise acts like a penalty on steep functions.',
    'zh-CN': '给每个值加上正态噪声，表格与图像均可。较小的噪声相当于惩罚过陡的函数。',
  },
  formula: String.raw`x' = x + \sigma \varepsilon, \quad \varepsilon_i \sim \mathcal{N}(0, 1)`,
  source: 'Bishop, Training with Noise is Equivalent to Tikhonov Regularization, Neural Computation 7, 1995',
  change: (scope, features, { deviation }) => (deviation === 0 ? features : add(features, mul(normalNoise(scope, features.shape), deviation))),
})
