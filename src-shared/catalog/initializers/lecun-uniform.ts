import { z } from 'zod'
import { defineInitializer } from './initializer'
import { fillWith, symmetricUniform } from './parts/sample'

export const lecunUniform = defineInitializer({
  type: 'lecunUniform',
  options: z.object({}),
  title: { en: 'LeCun uniform', 'zh-CN': 'LeCun 均匀' },
  help: {
    en: 'Uniform values that keep the variance of the signal: for SELU, tanh and linear layers.',
    'zh-CN': '保持信号方差的均匀随机值：适合 SELU、tanh 与线性层。',
  },
  formula: String.raw`w \sim \mathcal{U}[-r, r], \quad r = \sqrt{\frac{3}{n_\mathrm{in}}}`,
  source: 'LeCun et al., Efficient BackProp, 1998, eq. 16',
  fill: ({ shape, fanIn, random }) => {
    const limit = Math.sqrt(3 / fanIn)
    return fillWith(shape, () => symmetricUniform(random, limit))
  },
})
