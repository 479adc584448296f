import { z } from 'zod'
import { mul } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { dropMask } from './parts/dropping'
import { imageProblem } from './parts/problems'

export const spatialDropout2d = defineLayer({
  type: 'spatialDropout2d',
  options: z.object({
    rate: field(z.number().min(0).lt(1).default(0.2), {
      en: 'Fraction of the channels set to zero in each step. PyTorch’s p (default 0.5), not the kept fraction.',
      'zh-CN': '每一步中置零的通道比例（即 PyTorch 的 p，默认 0.5，不是保留比例）。',
      symbol: 'p',
    }),
  }),
  title: { en: 'Spatial dropout 2D', 'zh-CN': '二维空间失活' },
  help: {
    en: 'Dropout of whole channels: after convolutions, where neighboring pixels say nearly the same and dropping single ones does little. PyTorch calls it Dropout2d.',
    'zh-CN': '整通道的随机失活：用于卷积之后，因为相邻像素内容相近，只丢弃单个像素作用不大。PyTorch 称为 Dropout2d。',
  },
  formula: String.raw`y_{c} = \frac{m_c \, x_c}{1 - p}, \quad m_c \sim \operatorname{Bernoulli}(1 - p)`,
  source: 'Tompson et al., Efficient Object Localization Using Convolutional Networks, CVPR 2015, section 3.2',
  group: 'regularization',
  arity: [1, 1],
  infer: ([shape]) => imageProblem(shape) ?? { shape },
  lower: (scope, [x], { rate }) => (scope.training && rate > 0 ? mul(x, dropMask(scope, [x.shape[0], x.shape[1], 1, 1], rate)) : x),
})
