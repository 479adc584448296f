import { z } from 'zod'
import { sub } from '@shared/graph'
import { field } from '../definition'
import { defineGeometry } from './augmentation'
import { uniform } from './parts/draws'
import { fillField } from './parts/fill'

export const shift = defineGeometry({
  type: 'shift',
  kind: 'geometry',
  options: z.object({
    horizontal: field(z.number().min(0).max(1).default(0.1), {
      en: 'Farthest shift to the left or right, as a fraction of the width.',
      'zh-CN': '向左或向右的最大平移量，为宽度的比例。',
      symbol: 'h',
    }),
    vertical: field(z.number().min(0).max(1).default(0.1), {
      en: 'Farthest shift up or down, as a fraction of the height.',
      'zh-CN': '向上或向下的最大平移量，为高度的比例。',
      symbol: 'v',
    }),
    fill: fillField,
  }),
  title: { en: 'Shift', 'zh-CN': '平移' },
  help: {
    en: 'Moves every sample by a random distance, read bilinearly between pixels: what is seen may stand anywhere.',
    'zh-CN': '把每个样本随机平移一段距离，在像素之间双线性插值：目标可出现在任意位置。',
  },
  formula: String.raw`x'(u) = x(u - t), \quad t \sim \mathcal{U}\big([-h W, h W] \times [-v H, v H]\big)`,
  source: 'Simard, Steinkraus & Platt, Best Practices for Convolutional Neural Networks, ICDAR 2003, section 2; https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/',
  move: (scope, { x, y }, batch, [, height, width], { horizontal, vertical }) => ({
    x: sub(x, uniform(scope, [batch, 1, 1], -horizontal * width, horizontal * width)),
    y: sub(y, uniform(scope, [batch, 1, 1], -vertical * height, vertical * height)),
  }),
})
