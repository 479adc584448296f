import { z } from 'zod'
import { add, div, sub } from '@shared/graph'
import { field } from '../definition'
import { defineGeometry } from './augmentation'
import { uniform } from './parts/draws'
import { fillField } from './parts/fill'

export const zoom = defineGeometry({
  type: 'zoom',
  kind: 'geometry',
  options: z.object({
    amount: field(z.number().min(0).lt(1).default(0.1), {
      en: 'Greatest change of size: 0.1 makes samples 0.9 to 1.1 times as large.',
      'zh-CN': '大小的最大变化：0.1 使样本放大到 0.9 至 1.1 倍。',
      symbol: 'a',
    }),
    fill: fillField,
  }),
  title: { en: 'Zoom', 'zh-CN': '缩放' },
  help: {
    en: 'Enlarges or shrinks every sample about its center by a random factor, the same in both directions, read bilinearly between pixels.',
    'zh-CN': '以中心为基准把每个样本随机放大或缩小，两个方向倍数相同，在像素之间双线性插值。',
  },
  formula: String.raw`x'(u) = x\big(c + (u - c) / s\big), \quad s \sim \mathcal{U}[1 - a, 1 + a]`,
  source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/',
  move: (scope, { x, y }, batch, [, height, width], { amount }) => {
    const factor = uniform(scope, [batch, 1, 1], 1 - amount, 1 + amount)
    const about = (at: typeof x, center: number): typeof x => add(div(sub(at, center), factor), center)
    return { x: about(x, (width - 1) / 2), y: about(y, (height - 1) / 2) }
  },
})
