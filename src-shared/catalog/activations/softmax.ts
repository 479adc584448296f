import { z } from 'zod'
import { softmax as softmaxOf } from '@shared/graph'
import { defineActivation } from './activation'

export const softmax = defineActivation({
  type: 'softmax',
  options: z.object({}),
  title: { en: 'Softmax', 'zh-CN': 'Softmax' },
  help: {
    en: 'Turns the last axis into probabilities that sum to one: the last layer of a classifier. The loss is then computed on its input, which is stable.',
    'zh-CN': '把最后一轴变成和为 1 的概率，用作分类器的最后一层；此时损失直接在其输入上计算，数值稳定。',
  },
  formula: String.raw`f(x)_i = \frac{e^{x_i}}{\sum_j e^{x_j}}`,
  source: 'Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990',
  lower: (x) => softmaxOf(x),
})
