import { z } from 'zod'
import { abs, mul } from '@shared/graph'
import { sumAll } from '../axes'
import { field } from '../definition'
import { defineRegularizer } from './regularizer'

export const l1 = defineRegularizer({
  type: 'l1',
  options: z.object({
    factor: field(z.number().min(0).default(0.01), {
      en: 'Strength of the penalty.',
      'zh-CN': '惩罚强度。',
      symbol: String.raw`\lambda`,
    }),
  }),
  title: { en: 'L1', 'zh-CN': 'L1 正则化' },
  help: {
    en: 'Adds the sum of absolute weights to the objective, which drives weights that help little to zero. The derivative at 0 is 0.',
    'zh-CN': '把权重绝对值之和加入目标函数，使作用不大的权重趋向零（稀疏）。在 0 处的导数取 0。',
  },
  formula: String.raw`\lambda \sum_i |w_i|`,
  source: 'Tibshirani, Regression Shrinkage and Selection via the Lasso, 1996; https://keras.io/api/layers/regularizers/',
  penalty: (weight, { factor }) => mul(sumAll(abs(weight)), factor),
})
