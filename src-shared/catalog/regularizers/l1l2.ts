import { z } from 'zod'
import { add } from '@shared/graph'
import { field } from '../definition'
import { l1 } from './l1'
import { conventionField, squaredPenalty } from './l2'
import { defineRegularizer } from './regularizer'

export const l1l2 = defineRegularizer({
  type: 'l1l2',
  options: z.object({
    l1: field(z.number().min(0).default(0.01), {
      en: 'Strength of the penalty on absolute weights.',
      'zh-CN': '绝对值惩罚的强度。',
      symbol: String.raw`\lambda_1`,
    }),
    l2: field(z.number().min(0).default(0.01), {
      en: 'Strength of the penalty on squared weights.',
      'zh-CN': '平方惩罚的强度。',
      symbol: String.raw`\lambda_2`,
    }),
    convention: conventionField,
  }),
  title: { en: 'L1 + L2 (elastic net)', 'zh-CN': 'L1 + L2（弹性网络）' },
  help: {
    en: 'Both penalties at once: sparse like L1, stable for correlated inputs like L2.',
    'zh-CN': '同时使用两种惩罚：既有 L1 的稀疏性，又像 L2 那样在输入相关时保持稳定。',
  },
  formula: String.raw`\lambda_1 \sum_i |w_i| + \lambda_2 \sum_i w_i^2 \ \text{(keras)}, \qquad \lambda_1 \sum_i |w_i| + \tfrac{\lambda_2}{2} \sum_i w_i^2 \ \text{(half)}`,
  source: 'Zou & Hastie, Regularization and Variable Selection via the Elastic Net, 2005; https://keras.io/api/layers/regularizers/',
  penalty: (weight, options) => add(l1.penalty(weight, { factor: options.l1 }), squaredPenalty(weight, options.l2, options.convention)),
})
