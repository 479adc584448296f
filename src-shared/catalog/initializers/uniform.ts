import { z } from 'zod'
import { field } from '../definition'
import { defineInitializer } from './initializer'
import { fillWith } from './parts/sample'

export const uniform = defineInitializer({
  type: 'uniform',
  options: z.object({
    minimum: field(z.number().default(-0.05), { en: 'Lower bound.', 'zh-CN': '下界。', symbol: 'a' }),
    maximum: field(z.number().default(0.05), { en: 'Upper bound, exclusive.', 'zh-CN': '上界（不含）。', symbol: 'b' }),
  }),
  title: { en: 'Uniform', 'zh-CN': '均匀分布' },
  help: {
    en: 'Independent uniform values of a fixed range, whatever the size of the layer.',
    'zh-CN': '固定区间内独立的均匀随机值，与层的大小无关。',
  },
  formula: String.raw`w \sim \mathcal{U}[a, b)`,
  source: 'https://keras.io/api/layers/initializers/#randomuniform-class',
  fill: ({ shape, random }, { minimum, maximum }) => fillWith(shape, () => minimum + (maximum - minimum) * random.uniform()),
})
