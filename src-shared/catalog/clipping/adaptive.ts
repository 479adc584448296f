import { z } from 'zod'
import { div, maximum, mul, reduceSum, sqrt, type Tensor } from '@shared/graph'
import { allAxes } from '../axes'
import { field } from '../definition'
import { defineClipping } from './clipping'

/** Norm of what enters each unit: columns of a dense kernel `[in, out]`, filters of a convolution `[out, in, …]`; of a
 *  vector the whole. */
function unitNorm(x: Tensor): Tensor {
  const axes = x.shape.length <= 1 ? allAxes(x) : x.shape.length === 2 ? [0] : allAxes(x).slice(1)
  return sqrt(reduceSum(mul(x, x), { axes, keepDims: true }))
}

export const adaptive = defineClipping({
  type: 'adaptive',
  options: z.object({
    ratio: field(z.number().positive().default(0.01), {
      en: 'Greatest norm of a unit’s gradient, as a share of the norm of its weights; smaller for larger batches.',
      'zh-CN': '每个单元的梯度范数与其权重范数之比的上限；批次越大，取值越小。',
      symbol: '\\lambda',
    }),
    epsilon: field(z.number().positive().default(1e-3), {
      en: 'Least norm of weights that is reckoned with, so that weights that start at 0 can move.',
      'zh-CN': '权重范数的下限，使初始为 0 的权重也能移动。',
      symbol: '\\epsilon',
    }),
    outputLayer: field(z.boolean().default(false), {
      en: 'Clip the last layer too; the paper leaves it out.',
      'zh-CN': '是否也裁剪最后一层；论文中不裁剪。',
    }),
  }),
  title: { en: 'Adaptive (AGC)', 'zh-CN': '自适应裁剪（AGC）' },
  help: {
    en: 'Shortens the gradient of each unit where it is large beside the unit’s own weights, so that no update moves a unit by more than a share of its size. Lets networks without batch normalization train with large batches. Unlike the other ways it needs no tuning to the scale of the loss. Neither framework has it.',
    'zh-CN': '当某个单元的梯度相对于自身权重过大时将其缩短，使任何一次更新都不会让单元移动超过其大小的一定比例。可让没有批归一化的网络使用大批次训练；与其他方式不同，无需随损失的尺度调整。两种框架都未提供。',
  },
  formula: String.raw`g_i \leftarrow g_i \, \min\left(1, \; \lambda \, \frac{\max(\lVert w_i \rVert_2, \epsilon)}{\lVert g_i \rVert_2}\right)`,
  source: 'Brock, De, Smith & Simonyan (2021), High-Performance Large-Scale Image Recognition Without Normalization, arXiv:2102.06171, eq. 3',
  clip: (slopes, { ratio, epsilon, outputLayer }) =>
    slopes.map(({ weight, gradient, ofOutput }) => {
      if (ofOutput && !outputLayer) return gradient
      const most = mul(maximum(unitNorm(weight), epsilon), ratio)
      return mul(gradient, div(most, maximum(unitNorm(gradient), most)))
    }),
})
