import { z } from 'zod'
import { sigmoid as sigmoidOf } from '@shared/graph'
import { defineActivation } from './activation'

export const sigmoid = defineActivation({
  type: 'sigmoid',
  options: z.object({}),
  title: { en: 'Sigmoid', 'zh-CN': 'Sigmoid（S 型函数）' },
  help: {
    en: 'Squeezes every input into (0, 1). As the last layer it gives probabilities for binary classification; the loss is then computed on its input, which is stable.',
    'zh-CN': '把输入压缩到 (0, 1)。用于最后一层时给出二分类的概率；此时损失直接在其输入上计算，数值稳定。',
  },
  formula: String.raw`\sigma(x) = \frac{1}{1 + e^{-x}}`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html',
  lower: (x) => sigmoidOf(x),
})
