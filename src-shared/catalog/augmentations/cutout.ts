import { z } from 'zod'
import { floor, sub, where } from '@shared/graph'
import { field } from '../definition'
import { definePicture } from './augmentation'
import { uniform } from './parts/draws'
import { within } from './parts/rectangles'

export const cutout = definePicture({
  type: 'cutout',
  kind: 'picture',
  options: z.object({
    size: field(z.int().min(1).max(4096).default(4), {
      en: 'Side of the square. The paper took half of CIFAR-10’s pictures: 16 of 32.',
      'zh-CN': '正方形的边长。论文在 CIFAR-10 上取图像的一半：32 中的 16。',
      symbol: 'L',
      unit: 'pixels',
    }),
  }),
  title: { en: 'Cutout', 'zh-CN': '遮挡（Cutout）' },
  help: {
    en: 'Sets a square of every sample to zero, centered at a random pixel and cut off at the edge.',
    'zh-CN': '把每个样本中的一个正方形置零；其中心为随机像素，超出边缘的部分截去。',
  },
  formula: String.raw`x'_{i j} = 0 \text{ in an } L \times L \text{ square at } c \sim \mathcal{U}\{\text{pixels}\}`,
  source: 'DeVries & Taylor, Improved Regularization of Convolutional Neural Networks with Cutout, arXiv:1708.04552, section 3.1',
  change: (scope, pictures, { size }) => {
    const [batch, , height, width] = pictures.shape
    // An even square reaches from c − L/2 to c + L/2 − 1.
    const center = (extent: number) => sub(floor(uniform(scope, [batch, 1, 1, 1], 0, extent)), size % 2 === 0 ? 0.5 : 0)
    return where(within(pictures, { centerX: center(width), centerY: center(height), halfWidth: size / 2, halfHeight: size / 2 }), 0, pictures)
  },
})
