import { z } from 'zod'
import { sizeOf } from '@shared/graph'
import { field } from '../definition'
import { defineInitializer } from './initializer'

export const constant = defineInitializer({
  type: 'constant',
  options: z.object({
    value: field(z.number().default(0), {
      en: 'The value of every weight.',
      'zh-CN': '每个权重的取值。',
      symbol: 'c',
    }),
  }),
  title: { en: 'Constant', 'zh-CN': '常数' },
  help: {
    en: 'Every value the same: for biases, or to start an experiment from a known point.',
    'zh-CN': '全部取同一个值：用于偏置，或让实验从已知的起点开始。',
  },
  formula: String.raw`w = c`,
  source: 'https://keras.io/api/layers/initializers/#constant-class',
  fill: ({ shape }, { value }) => new Float32Array(sizeOf(shape)).fill(value),
})
