import { z } from 'zod'
import { field } from '../definition'
import { defineInitializer } from './initializer'
import { fillWith } from './parts/sample'

export const normal = defineInitializer({
  type: 'normal',
  options: z.object({
    mean: field(z.number().default(0), { en: 'Mean.', 'zh-CN': '均值。', symbol: String.raw`\mu` }),
    stddev: field(z.number().min(0).default(0.05), {
      en: 'Standard deviation.',
      'zh-CN': '标准差。',
      symbol: String.raw`\sigma`,
    }),
  }),
  title: { en: 'Normal', 'zh-CN': '正态分布' },
  help: {
    en: 'Independent normal values of a fixed spread, whatever the size of the layer.',
    'zh-CN': '独立的正态随机值，离散程度固定，与层的大小无关。',
  },
  formula: String.raw`w \sim \mathcal{N}(\mu, \sigma^2)`,
  source: 'https://keras.io/api/layers/initializers/#randomnormal-class',
  fill: ({ shape, random }, { mean, stddev }) => fillWith(shape, () => mean + stddev * random.normal()),
})
