import { z } from 'zod'
import { add, maximum, minimum, mul } from '@shared/graph'
import { field } from '../definition'
import { defineConstraint } from './constraint'
import { unitNorms, withNorms } from './parts/norms'

export const minMaxNorm = defineConstraint({
  type: 'minMaxNorm',
  options: z.object({
    minimum: field(z.number().min(0).default(0), {
      en: 'Least norm of the weights that enter one unit.',
      'zh-CN': '进入同一单元的权重之范数下限。',
      symbol: 'a',
    }),
    maximum: field(z.number().gt(0).default(1), {
      en: 'Greatest norm of the weights that enter one unit.',
      'zh-CN': '进入同一单元的权重之范数上限。',
      symbol: 'b',
    }),
    rate: field(z.number().gt(0).max(1).default(1), {
      en: 'How far each update goes towards the bounds; 1 enforces them at once.',
      'zh-CN': '每次更新向界内靠拢的程度；1 表示立即满足约束。',
      symbol: 'r',
    }),
  }),
  title: { en: 'Norm between bounds', 'zh-CN': '范数区间' },
  help: {
    en: 'After every update, brings the norm of the weights that enter a unit (a filter) between two bounds, at once or step by step.',
    'zh-CN': '每次更新之后，把进入每个单元（滤波器）的权重范数拉回到两个界限之间，可一次到位或逐步进行。',
  },
  formula: String.raw`w \leftarrow w \, \frac{r \min(\max(\lVert w \rVert, a), b) + (1 - r) \lVert w \rVert}{10^{-7} + \lVert w \rVert}`,
  source: 'https://keras.io/api/layers/constraints/ (MinMaxNorm, along the axes of a unit’s incoming weights)',
  project: (weight, axes, options) => {
    const norms = unitNorms(weight, axes)
    const bounded = minimum(maximum(norms, options.minimum), options.maximum)
    return withNorms(weight, norms, options.rate === 1 ? bounded : add(mul(bounded, options.rate), mul(norms, 1 - options.rate)))
  },
})
