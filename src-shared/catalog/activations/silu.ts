import { z } from 'zod'
import { mul, sigmoid } from '@shared/graph'
import { defineActivation } from './activation'

export const silu = defineActivation({
  type: 'silu',
  options: z.object({}),
  title: { en: 'SiLU (swish)', 'zh-CN': 'SiLU（Swish）' },
  help: {
    en: 'The input multiplied by its sigmoid: a smooth, slightly non-monotonic relative of ReLU. Also known as swish.',
    'zh-CN': '输入乘以自身的 sigmoid：平滑、略带非单调性的 ReLU 变体，又称 Swish。',
  },
  formula: String.raw`f(x) = x\,\sigma(x) = \frac{x}{1 + e^{-x}}`,
  source: 'Elfwing, Uchibe & Doya, Sigmoid-Weighted Linear Units, Neural Networks 107, 2018; Ramachandran et al., arXiv:1710.05941',
  lower: (x) => mul(x, sigmoid(x)),
})
