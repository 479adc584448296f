import { z } from 'zod'
import { mul } from '@shared/graph'
import { defineActivation } from './activation'
import { exponentialLinear } from './elu'

/** The fixed point for zero mean and unit variance (paper, eq. 14). */
const ALPHA = 1.6732632423543772
const SCALE = 1.0507009873554805

export const selu = defineActivation({
  type: 'selu',
  options: z.object({}),
  title: { en: 'SELU', 'zh-CN': 'SELU（缩放指数线性单元）' },
  help: {
    en: 'Scaled ELU with constants that drive activations towards zero mean and unit variance. Meant for dense networks with LeCun normal initialization.',
    'zh-CN': '带固定常数的缩放 ELU，使激活趋向零均值、单位方差。适合配合 LeCun 正态初始化的全连接网络。',
  },
  formula: String.raw`f(x) = \lambda \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}, \quad \alpha \approx 1.67326,\ \lambda \approx 1.05070`,
  source: 'Klambauer et al., Self-Normalizing Neural Networks, NeurIPS 2017, eq. 2 and 14',
  lower: (x) => mul(exponentialLinear(x, ALPHA), SCALE),
})
