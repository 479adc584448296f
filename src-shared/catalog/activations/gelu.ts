import { z } from 'zod'
import { add, erf, mul, tanh, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineActivation } from './activation'

function exactGate(x: Tensor): Tensor {
  return erf(mul(x, Math.SQRT1_2))
}

function tanhGate(x: Tensor): Tensor {
  const cubic = add(mul(mul(x, x), 0.044715), 1)
  return tanh(mul(mul(x, cubic), Math.sqrt(2 / Math.PI)))
}

export const gelu = defineActivation({
  type: 'gelu',
  options: z.object({
    approximate: field(z.enum(['none', 'tanh']).default('none'), {
      en: '`none` computes the normal distribution function exactly (erf); `tanh` uses the paper’s approximation, off by at most 5e-4.',
      'zh-CN': '`none` 用 erf 精确计算正态分布函数；`tanh` 用论文中的近似式，误差不超过 5e-4。',
    }),
  }),
  title: { en: 'GELU', 'zh-CN': 'GELU（高斯误差线性单元）' },
  help: {
    en: 'Gaussian error linear unit: the input weighted by the probability that a standard normal variable lies below it. Common in transformers.',
    'zh-CN': '高斯误差线性单元：输入乘以标准正态变量小于它的概率。常见于 Transformer。',
  },
  formula: String.raw`f(x) = x\,\Phi(x) = \tfrac{x}{2}\left(1 + \operatorname{erf}\tfrac{x}{\sqrt 2}\right) \approx \tfrac{x}{2}\left(1 + \tanh\left[\sqrt{\tfrac{2}{\pi}}\,(x + 0.044715\,x^3)\right]\right)`,
  source: 'Hendrycks & Gimpel, Gaussian Error Linear Units (GELUs), arXiv:1606.08415, section 2',
  lower: (x, { approximate }) => mul(mul(x, 0.5), add(approximate === 'tanh' ? tanhGate(x) : exactGate(x), 1)),
})
