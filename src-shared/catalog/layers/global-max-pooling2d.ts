import { z } from 'zod'
import { reduceMax } from '@shared/graph'
import { defineLayer } from './layer'
import { imageProblem } from './parts/problems'

export const globalMaxPooling2d = defineLayer({
  type: 'globalMaxPooling2d',
  options: z.object({}),
  title: { en: 'Global max pooling 2D', 'zh-CN': '二维全局最大池化' },
  help: {
    en: 'The largest value of every channel: turns an image into a vector [channels], whatever its size. Equal maxima share the gradient.',
    'zh-CN': '取每个通道的最大值：把任意大小的图像变为向量 [通道]。并列的最大值均分梯度。',
  },
  formula: String.raw`y_c = \max_{i, j} x_{c i j}`,
  source: 'https://keras.io/api/layers/pooling_layers/global_max_pooling2d/',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape]) => imageProblem(shape) ?? { shape: [shape[0]] },
  lower: (_scope, [x]) => reduceMax(x, { axes: [2, 3] }),
})
