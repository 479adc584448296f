import { z } from 'zod'
import { add, div, mul, reduceMean, reshape, sqrt, sub, type Shape, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { problem, shown } from './parts/problems'

/** (x − mean) / √(variance + ε) over `axes`, from centered values. */
function standardize(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const centered = sub(x, reduceMean(x, { axes, keepDims: true }))
  const variance = reduceMean(mul(centered, centered), { axes, keepDims: true })
  return mul(centered, div(1, sqrt(add(variance, epsilon))))
}

export const layerNormalization = defineLayer({
  type: 'layerNormalization',
  options: z.object({
    over: field(z.enum(['sample', 'channels']).default('sample'), {
      en: '`sample`: mean and variance over all elements of a sample, one γ and β per element (the paper; PyTorch with the whole sample shape). `channels`: over the channels of each pixel, one γ and β per channel. For vectors both are the same.',
      'zh-CN': '`sample`：对样本的全部元素求均值与方差，每个元素各有 γ 与 β（论文做法；相当于 PyTorch 取整个样本形状）。`channels`：对每个像素的各通道求，每个通道各有 γ 与 β。对向量二者相同。',
    }),
    epsilon: field(z.number().gt(0).default(1e-5), {
      en: 'Added to the variance before the root. PyTorch’s default is 1e-5, Keras’s 1e-3.',
      'zh-CN': '开方前加到方差上的小量。PyTorch 默认 1e-5，Keras 默认 1e-3。',
      symbol: String.raw`\epsilon`,
    }),
    center: field(z.boolean().default(true), {
      en: 'Adds a trained shift.',
      'zh-CN': '加上可训练的平移。',
      symbol: String.raw`\beta`,
    }),
    scale: field(z.boolean().default(true), {
      en: 'Multiplies by a trained factor.',
      'zh-CN': '乘以可训练的系数。',
      symbol: String.raw`\gamma`,
    }),
  }),
  title: { en: 'Layer normalization', 'zh-CN': '层归一化' },
  help: {
    en: 'Gives every sample zero mean and unit variance by itself: the same in training and evaluation, and independent of the batch size.',
    'zh-CN': '对每个样本单独归一化为零均值、单位方差：训练与评估时相同，且与批次大小无关。',
  },
  formula: String.raw`y = \gamma \odot \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta`,
  source: 'Ba, Kiros & Hinton, Layer Normalization, arXiv:1607.06450, eq. 3 and 4',
  group: 'normalization',
  arity: [1, 1],
  infer: ([shape]) => (shape.length > 0 ? { shape } : problem('layer-needs-vector', { shape: shown(shape) })),
  lower: (scope, [x], { over, epsilon, center, scale }) => {
    const sample = x.shape.slice(1)
    const perChannel = over === 'channels'
    const axes = perChannel ? [1] : sample.map((_, axis) => axis + 1)
    const shape: Shape = perChannel ? [sample[0]] : sample
    const beside = (weight: Tensor): Tensor => (perChannel && sample.length > 1 ? reshape(weight, [sample[0], ...sample.slice(1).map(() => 1)]) : weight)
    const request = { shape, role: 'norm', fanIn: sample[0], fanOut: sample[0] } as const
    const normalized = standardize(x, axes, epsilon)
    const scaled = scale ? mul(normalized, beside(scope.weight({ ...request, name: 'gamma', initializer: { type: 'ones' } }))) : normalized
    return center ? add(scaled, beside(scope.weight({ ...request, name: 'beta', initializer: { type: 'zeros' } }))) : scaled
  },
})
