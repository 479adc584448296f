import { z } from 'zod'
import { sizeOf } from '@shared/graph'
import { defineInitializer } from './initializer'

export const zeros = defineInitializer({
  type: 'zeros',
  options: z.object({}),
  title: { en: 'Zeros', 'zh-CN': '全零' },
  help: {
    en: 'Every value 0. Right for biases; kernels of hidden layers would never break their symmetry.',
    'zh-CN': '全部取 0。适用于偏置；隐藏层的核若全为零则无法打破对称性。',
  },
  formula: String.raw`w = 0`,
  source: 'https://keras.io/api/layers/initializers/#zeros-class',
  fill: ({ shape }) => new Float32Array(sizeOf(shape)),
})
