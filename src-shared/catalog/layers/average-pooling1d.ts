import { z } from 'zod'
import { avgPool2d } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { poolAsImage } from './parts/pooling1d'
import { inferPooling1d, pooling1dOptions } from './parts/window1d'

export const averagePooling1d = defineLayer({
  type: 'averagePooling1d',
  options: z.object({
    ...pooling1dOptions,
    countIncludePad: field(z.boolean().default(false), {
      en: 'Whether padding counts as zeros in the mean. Keras leaves it out (the default here), PyTorch counts it.',
      'zh-CN': '求平均时是否把填充按零计入。Keras 不计入（此处的默认值），PyTorch 计入。',
    }),
  }),
  title: { en: 'Average pooling 1D', 'zh-CN': '一维平均池化' },
  help: {
    en: 'The mean of every window of time steps, feature by feature: makes sequences [time, features] shorter smoothly.',
    'zh-CN': '逐特征取每个时间窗口的平均值：平滑地缩短序列 [时间, 特征]。',
  },
  formula: String.raw`y_{t c} = \frac{1}{k} \sum_{0 \le u < k} x_{s t + u - p,\ c}`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.AvgPool1d.html; https://keras.io/api/layers/pooling_layers/average_pooling1d/',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape], options) => inferPooling1d(shape, options),
  lower: (_scope, [x], options) => poolAsImage(x, options, (image, window) => avgPool2d(image, { ...window, countIncludePad: options.countIncludePad })),
})
