import { z } from 'zod'
import { maxPool2d } from '@shared/graph'
import { defineLayer } from './layer'
import { inferPooling, poolingOptions, poolWindow } from './parts/pooling'

export const maxPooling2d = defineLayer({
  type: 'maxPooling2d',
  options: z.object(poolingOptions),
  title: { en: 'Max pooling 2D', 'zh-CN': '二维最大池化' },
  help: {
    en: 'The largest value of every window, channel by channel: makes images smaller and features tolerant of small shifts. On ties the gradient goes to the first maximum in row-major order.',
    'zh-CN': '逐通道取每个窗口的最大值：缩小图像，并使特征对小位移不敏感。并列最大值时，梯度传给按行优先顺序的第一个。',
  },
  formula: String.raw`y_{c i j} = \max_{0 \le u, v < k} x_{c,\ s i + u - p,\ s j + v - p}`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape], options) => inferPooling(shape, options),
  lower: (_scope, [x], options) => {
    const { kernel, strides, pads } = poolWindow(x.shape.slice(1), options)
    return maxPool2d(x, { kernel, strides, pads })
  },
})
