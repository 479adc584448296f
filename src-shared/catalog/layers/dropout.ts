import { z } from 'zod'
import { mul } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { dropMask } from './parts/dropping'

export const dropout = defineLayer({
  type: 'dropout',
  options: z.object({
    rate: field(z.number().min(0).lt(1).default(0.5), {
      en: 'Fraction of the values set to zero in each step. PyTorch’s p, not the kept fraction.',
      'zh-CN': '每一步中置零的比例（即 PyTorch 的 p，不是保留比例）。',
      symbol: 'p',
    }),
  }),
  title: { en: 'Dropout', 'zh-CN': '随机失活' },
  help: {
    en: 'Sets random values to zero while training and scales the others up by 1/(1 − rate), so that nothing changes in evaluation. Fights overfitting.',
    'zh-CN': '训练时随机把部分值置零，并把其余值放大 1/(1 − 比例)，因此评估时无需改动。用于抑制过拟合。',
  },
  formula: String.raw`y = \frac{m \odot x}{1 - p}, \quad m_i \sim \operatorname{Bernoulli}(1 - p)`,
  source: 'Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting, JMLR 15, 2014 (inverted, section 10)',
  group: 'regularization',
  arity: [1, 1],
  infer: ([shape]) => ({ shape }),
  lower: (scope, [x], { rate }) => (scope.training && rate > 0 ? mul(x, dropMask(scope, x.shape, rate)) : x),
})
