import { z } from 'zod'
import { avgPool2d } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { inferPooling, poolingOptions, poolWindow } from './parts/pooling'

export const averagePooling2d = defineLayer({
  type: 'averagePooling2d',
  options: z.object({
    ...poolingOptions,
    countIncludePad: field(z.boolean().default(false), {
      en: 'Whether padding counts as zeros in the mean. Keras leaves it out (the default here), PyTorch counts it.',
      'zh-CN': '求平均时是否把填充按零计入。Keras 不计入（此处的默认值），PyTorch 计入。',
    }),
  }),
  title: { en: 'Average pooling 2D', 'zh-CN': '二维平均池化' },
  help: {
    en: 'The mean of every window, channel by channel: makes images smaller smoothly.',
    'zh-CN': '逐通道取每个窗口的平均值：平滑地缩小图像。',
  },
  formula: String.raw`y_{c i j} = \frac{1}{k^2} \sum_{0 \le u, v < k} x_{c,\ s i + u - p,\ s j + v - p}`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html; https://keras.io/api/layers/pooling_layers/average_pooling2d/',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape], options) => inferPooling(shape, options),
  lower: (_scope, [x], options) => {
    const { kernel, strides, pads } = poolWindow(x.shape.slice(1), options)
    return avgPool2d(x, { kernel, strides, pads, countIncludePad: options.countIncludePad })
  },
})
