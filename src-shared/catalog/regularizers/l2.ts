import { z } from 'zod'
import { mul, type Tensor } from '@shared/graph'
import { sumAll } from '../axes'
import { field } from '../definition'
import { defineRegularizer } from './regularizer'

/** Which of the two common forms of L2 is meant: they differ by a factor of two. */
const l2Convention = z.enum(['keras', 'half'])

export const conventionField = field(l2Convention.default('keras'), {
  en: '`keras`: λ·Σw², gradient 2λw. `half`: λ/2·Σw², gradient λw, as in textbooks; with plain SGD it equals PyTorch’s `weight_decay` = λ.',
  'zh-CN': '`keras`：λ·Σw²，梯度 2λw。`half`：λ/2·Σw²，梯度 λw，即教科书写法；配合普通 SGD 时等价于 PyTorch 的 `weight_decay` = λ。',
})

/** factor·Σw², or half of it. */
export function squaredPenalty(weight: Tensor, factor: number, convention: z.output<typeof l2Convention>): Tensor {
  const sum = sumAll(mul(weight, weight))
  return mul(sum, convention === 'half' ? factor / 2 : factor)
}

export const l2 = defineRegularizer({
  type: 'l2',
  options: z.object({
    factor: field(z.number().min(0).default(0.01), {
      en: 'Strength of the penalty.',
      'zh-CN': '惩罚强度。',
      symbol: String.raw`\lambda`,
    }),
    convention: conventionField,
  }),
  title: { en: 'L2', 'zh-CN': 'L2 正则化' },
  help: {
    en: 'Adds the sum of squared weights to the objective, which keeps weights small. By default in Keras’s form, λ·Σw², without the factor ½ of the textbooks.',
    'zh-CN': '把权重平方和加入目标函数，使权重保持较小。默认采用 Keras 的形式 λ·Σw²，不带教科书中的系数 ½。',
  },
  formula: String.raw`\lambda \sum_i w_i^2 \ \text{(keras)}, \qquad \tfrac{\lambda}{2} \sum_i w_i^2 \ \text{(half)}`,
  source: 'https://keras.io/api/layers/regularizers/; Goodfellow, Bengio & Courville, Deep Learning, section 7.1.1, eq. 7.2 (half)',
  penalty: (weight, { factor, convention }) => squaredPenalty(weight, factor, convention),
})
