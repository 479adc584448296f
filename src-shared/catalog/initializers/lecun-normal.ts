import { z } from 'zod'
import { defineInitializer } from './initializer'
import { fillWith } from './parts/sample'

export const lecunNormal = defineInitializer({
  type: 'lecunNormal',
  options: z.object({}),
  title: { en: 'LeCun normal', 'zh-CN': 'LeCun 正态' },
  help: {
    en: 'Normal values that keep the variance of the signal: for SELU and linear layers. The normal values are not truncated, as in PyTorch; Keras cuts them at two standard deviations.',
    'zh-CN': '保持信号方差的正态随机值：适合 SELU 与线性层。正态值不作截断（同 PyTorch）；Keras 会在两个标准差处截断。',
  },
  formula: String.raw`w \sim \mathcal{N}\!\left(0, \frac{1}{n_\mathrm{in}}\right)`,
  source: 'LeCun et al., Efficient BackProp, 1998, eq. 16',
  fill: ({ shape, fanIn, random }) => {
    const stddev = Math.sqrt(1 / fanIn)
    return fillWith(shape, () => stddev * random.normal())
  },
})
