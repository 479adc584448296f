import { z } from 'zod'
import { add, exp, mul, relu, sub, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineActivation } from './activation'

/** The negative part is x − relu(x), not min(x, 0): its derivative at 0 is 1, which makes the whole smooth there. */
export function exponentialLinear(x: Tensor, alpha: number): Tensor {
  const positive = relu(x)
  return add(positive, mul(sub(exp(sub(x, positive)), 1), alpha))
}

export const elu = defineActivation({
  type: 'elu',
  options: z.object({
    alpha: field(z.number().min(0).default(1), {
      en: 'Negative inputs saturate at −α.',
      'zh-CN': '负输入的饱和值为 −α。',
      symbol: String.raw`\alpha`,
    }),
  }),
  title: { en: 'ELU', 'zh-CN': 'ELU（指数线性单元）' },
  help: {
    en: 'Exponential linear unit: the identity for positive inputs, a smooth saturation towards −α for negative ones, which brings mean activations closer to zero.',
    'zh-CN': '指数线性单元：正输入原样输出，负输入平滑饱和到 −α，使激活的均值更接近零。',
  },
  formula: String.raw`f(x) = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}`,
  source: 'Clevert, Unterthiner & Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units, ICLR 2016, eq. 15',
  lower: (x, { alpha }) => exponentialLinear(x, alpha),
})
