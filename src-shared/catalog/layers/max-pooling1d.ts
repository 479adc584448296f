import { z } from 'zod'
import { maxPool2d } from '@shared/graph'
import { defineLayer } from './layer'
import { poolAsImage } from './parts/pooling1d'
import { inferPooling1d, pooling1dOptions } from './parts/window1d'

export const maxPooling1d = defineLayer({
  type: 'maxPooling1d',
  options: z.object(pooling1dOptions),
  title: { en: 'Max pooling 1D', 'zh-CN': '一维最大池化' },
  help: {
    en: 'The largest value of every window of time steps, feature by feature: makes sequences [time, features] shorter. On ties the gradient goes to the earliest maximum.',
    'zh-CN': '逐特征取每个时间窗口的最大值：缩短序列 [时间, 特征]。并列最大值时，梯度传给最早的一个。',
  },
  formula: String.raw`y_{t c} = \max_{0 \le u < k} x_{s t + u - p,\ c}`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.MaxPool1d.html',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape], options) => inferPooling1d(shape, options),
  lower: (_scope, [x], options) => poolAsImage(x, options, maxPool2d),
})
