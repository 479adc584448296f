import { z } from 'zod'
import { softplus as softplusOf } from '@shared/graph'
import { defineActivation } from './activation'

export const softplus = defineActivation({
  type: 'softplus',
  options: z.object({}),
  title: { en: 'Softplus', 'zh-CN': 'Softplus' },
  help: {
    en: 'A smooth ReLU whose output is always positive: for quantities such as variances and rates.',
    'zh-CN': '平滑的 ReLU，输出恒为正；可用于方差、速率等必须为正的量。',
  },
  formula: String.raw`f(x) = \ln(1 + e^x)`,
  source: 'Dugas et al., Incorporating Second-Order Functional Knowledge for Better Option Pricing, NIPS 2000',
  lower: (x) => softplusOf(x),
})
