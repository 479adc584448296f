import { z } from 'zod'
import { add, mul, relu, sub } from '@shared/graph'
import { field } from '../definition'
import { defineActivation } from './activation'

export const leakyRelu = defineActivation({
  type: 'leakyRelu',
  options: z.object({
    negativeSlope: field(z.number().min(0).default(0.01), {
      en: 'Slope for negative inputs. PyTorch’s default is 0.01, Keras’s 0.3.',
      'zh-CN': '负输入的斜率。PyTorch 默认 0.01，Keras 默认 0.3。',
      symbol: String.raw`\alpha`,
    }),
  }),
  title: { en: 'Leaky ReLU', 'zh-CN': 'Leaky ReLU（带泄漏的修正线性单元）' },
  help: {
    en: 'ReLU with a small slope for negative inputs, so that a unit that is never positive still learns. The derivative at 0 is the negative slope.',
    'zh-CN': '负半轴保留一个小斜率的 ReLU，使始终为负的神经元仍能学习。在 0 处的导数取负半轴斜率。',
  },
  formula: String.raw`f(x) = \max(0, x) + \alpha \min(0, x)`,
  source: 'Maas, Hannun & Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, ICML 2013',
  lower: (x, { negativeSlope }) => {
    const positive = relu(x)
    return add(positive, mul(sub(x, positive), negativeSlope))
  },
})
