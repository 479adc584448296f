import { z } from 'zod'
import { field } from '../definition'
import { defineInitializer } from './initializer'
import { fillWith, truncatedNormalDraw } from './parts/sample'

export const truncatedNormal = defineInitializer({
  type: 'truncatedNormal',
  options: z.object({
    mean: field(z.number().default(0), { en: 'Mean.', 'zh-CN': '均值。', symbol: String.raw`\mu` }),
    stddev: field(z.number().min(0).default(0.05), {
      en: 'Standard deviation before the cut; that of the values drawn is 0.88 times as much.',
      'zh-CN': '截断前的标准差；实际取值的标准差约为其 0.88 倍。',
      symbol: String.raw`\sigma`,
    }),
  }),
  title: { en: 'Truncated normal', 'zh-CN': '截断正态分布' },
  help: {
    en: 'Normal values, drawn again while they lie more than two standard deviations from the mean: no weight starts extreme.',
    'zh-CN': '正态随机值，偏离均值超过两个标准差时重新抽取，避免出现极端的初始权重。',
  },
  formula: String.raw`w \sim \mathcal{N}(\mu, \sigma^2) \ \text{given}\ |w - \mu| \le 2\sigma`,
  source: 'https://keras.io/api/layers/initializers/#truncatednormal-class',
  fill: ({ shape, random }, { mean, stddev }) => fillWith(shape, () => mean + stddev * truncatedNormalDraw(random)),
})
