import { z } from 'zod'
import { add, mul } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { normalNoise } from './parts/normal-noise'

export const gaussianNoise = defineLayer({
  type: 'gaussianNoise',
  options: z.object({
    deviation: field(z.number().min(0).default(0.1), {
      en: 'Standard deviation of the noise, in units of the input.',
      'zh-CN': '噪声的标准差，单位与输入相同。',
      symbol: String.raw`\sigma`,
    }),
  }),
  title: { en: 'Gaussian noise', 'zh-CN': '高斯噪声' },
  help: {
    en: 'Adds normal noise to every value while training, and nothing in evaluation. After the input it is a data augmentation; for small noise it acts like a penalty on steep functions.',
    'zh-CN': '训练时给每个值加上正态噪声，评估时不加。接在输入之后即为数据增强；噪声较小时相当于惩罚过陡的函数。',
  },
  formula: String.raw`y = x + \sigma \varepsilon, \quad \varepsilon_i \sim \mathcal{N}(0, 1)`,
  source: 'Bishop, Training with Noise is Equivalent to Tikhonov Regularization, Neural Computation 7, 1995; https://keras.io/api/layers/regularization_layers/gaussian_noise/',
  group: 'regularization',
  arity: [1, 1],
  infer: ([shape]) => ({ shape }),
  lower: (scope, [x], { deviation }) => (scope.training && deviation > 0 ? add(x, mul(normalNoise(scope, x.shape), deviation)) : x),
})
