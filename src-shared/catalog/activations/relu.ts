import { z } from 'zod'
import { relu as reluOf } from '@shared/graph'
import { defineActivation } from './activation'

export const relu = defineActivation({
  type: 'relu',
  options: z.object({}),
  title: { en: 'ReLU', 'zh-CN': 'ReLU（修正线性单元）' },
  help: {
    en: 'Rectified linear unit: zero for negative inputs, the input otherwise. The usual choice for hidden layers. The derivative at 0 is 0.',
    'zh-CN': '修正线性单元：负输入得 0，其余原样输出，是隐藏层的常用选择。在 0 处的导数取 0。',
  },
  formula: String.raw`f(x) = \max(0, x)`,
  source: 'Nair & Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML 2010',
  lower: (x) => reluOf(x),
})
