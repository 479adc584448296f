import { z } from 'zod'
import { reshape, sizeOf } from '@shared/graph'
import { defineLayer } from './layer'

export const flatten = defineLayer({
  type: 'flatten',
  options: z.object({}),
  title: { en: 'Flatten', 'zh-CN': '展平' },
  help: {
    en: 'Turns each sample into one vector, row-major (for images: channel by channel), so that dense layers can follow.',
    'zh-CN': '把每个样本按行优先顺序展成一个向量（图像按通道依次排列），以便后接全连接层。',
  },
  formula: String.raw`y \in \mathbb{R}^{c\,h\,w}, \quad y_{(i h + j) w + k} = x_{ijk}`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html',
  group: 'shape',
  arity: [1, 1],
  infer: ([shape]) => ({ shape: [sizeOf(shape)] }),
  lower: (_scope, [x]) => (x.shape.length === 2 ? x : reshape(x, [x.shape[0], sizeOf(x.shape.slice(1))])),
})
