import { z } from 'zod'
import { reduceMean } from '@shared/graph'
import { defineLayer } from './layer'
import { imageProblem } from './parts/problems'

export const globalAveragePooling2d = defineLayer({
  type: 'globalAveragePooling2d',
  options: z.object({}),
  title: { en: 'Global average pooling 2D', 'zh-CN': '二维全局平均池化' },
  help: {
    en: 'The mean of every channel: turns an image into a vector [channels], whatever its size.',
    'zh-CN': '取每个通道的平均值：把任意大小的图像变为向量 [通道]。',
  },
  formula: String.raw`y_c = \frac{1}{h w} \sum_{i, j} x_{c i j}`,
  source: 'Lin, Chen & Yan, Network In Network, ICLR 2014, section 3.2',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape]) => imageProblem(shape) ?? { shape: [shape[0]] },
  lower: (_scope, [x]) => reduceMean(x, { axes: [2, 3] }),
})
