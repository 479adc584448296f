import { z } from 'zod'
import { defineActivation } from './activation'

export const linear = defineActivation({
  type: 'linear',
  options: z.object({}),
  title: { en: 'Linear', 'zh-CN': '线性' },
  help: {
    en: 'Passes its input on unchanged: for the last layer of a regression, or where no nonlinearity is wanted.',
    'zh-CN': '原样输出，不引入非线性；用于回归模型的最后一层，或不需要激活的层。',
  },
  formula: String.raw`f(x) = x`,
  source: 'https://keras.io/api/layers/activations/#linear-function',
  lower: (x) => x,
})
