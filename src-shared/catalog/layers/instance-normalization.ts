import { z } from 'zod'
import { defineLayer } from './layer'
import { imageProblem } from './parts/problems'
import { affine, standardize, standardizingOptions } from './parts/standardizing'

export const instanceNormalization = defineLayer({
  type: 'instanceNormalization',
  options: z.object(standardizingOptions),
  title: { en: 'Instance normalization', 'zh-CN': '实例归一化' },
  help: {
    en: 'Gives every channel of every image zero mean and unit variance by itself, which removes contrast: for style transfer and generators. PyTorch’s InstanceNorm2d has no γ and β unless affine is set; here turn scale and center off for that. Keras reaches it by group normalization with as many groups as channels.',
    'zh-CN': '对每幅图像的每个通道单独归一化为零均值、单位方差，从而去除对比度：用于风格迁移与生成网络。PyTorch 的 InstanceNorm2d 默认没有 γ 与 β（除非设 affine）；此处关闭 scale 与 center 即可。Keras 以组数等于通道数的组归一化实现。',
  },
  formula: String.raw`y = \gamma_c \, \frac{x - \mu_{c}}{\sqrt{\sigma_{c}^2 + \epsilon}} + \beta_c`,
  source: 'Ulyanov, Vedaldi & Lempitsky, Instance Normalization, arXiv:1607.08022, eq. 2',
  group: 'normalization',
  arity: [1, 1],
  infer: ([shape]) => imageProblem(shape) ?? { shape },
  lower: (scope, [x], { epsilon, ...weights }) => affine(scope, standardize(x, [2, 3], epsilon), { ...weights, over: 'channels' }),
})
