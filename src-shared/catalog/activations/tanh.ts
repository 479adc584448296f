import { z } from 'zod'
import { tanh as tanhOf } from '@shared/graph'
import { defineActivation } from './activation'

export const tanh = defineActivation({
  type: 'tanh',
  options: z.object({}),
  title: { en: 'Tanh', 'zh-CN': 'Tanh（双曲正切）' },
  help: {
    en: 'Hyperbolic tangent: squeezes every input into (−1, 1), centered on zero. Classic for small networks; saturates for large inputs.',
    'zh-CN': '双曲正切：把输入压缩到 (−1, 1)，以零为中心。小型网络的经典选择，输入较大时会饱和。',
  },
  formula: String.raw`f(x) = \tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}`,
  source: 'LeCun et al., Efficient BackProp, 1998, section 4.4',
  lower: (x) => tanhOf(x),
})
