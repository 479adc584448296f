import { z } from 'zod'
import { add, div, exp, logicalAnd, minimum, mul, sqrt, sub, where } from '@shared/graph'
import { field } from '../definition'
import { normalNoise } from '../layers/parts/normal-noise'
import { definePicture } from './augmentation'
import { happens, uniform } from './parts/draws'
import { within } from './parts/rectangles'

export const randomErasing = definePicture({
  type: 'randomErasing',
  kind: 'picture',
  options: z.object({
    probability: field(z.number().min(0).max(1).default(0.5), {
      en: 'Share of the samples in which a rectangle is erased.',
      'zh-CN': '被擦除一个矩形的样本比例。',
      symbol: 'p',
    }),
    minimum: field(z.number().gt(0).max(1).default(0.02), {
      en: 'Least part of the area that is erased.',
      'zh-CN': '擦除面积的最小比例。',
      symbol: 'a',
    }),
    maximum: field(z.number().gt(0).max(1).default(0.33), {
      en: 'Greatest part of the area that is erased.',
      'zh-CN': '擦除面积的最大比例。',
      symbol: 'b',
    }),
    fill: field(z.enum(['zeros', 'random']).default('zeros'), {
      en: 'What the rectangle becomes: zeros, or standard normal values (after preprocessing).',
      'zh-CN': '矩形内填充的内容：零，或标准正态随机值（预处理之后）。',
    }),
  }),
  title: { en: 'Random erasing', 'zh-CN': '随机擦除' },
  help: {
    en: 'Erases a rectangle of random area, aspect (3:10 to 10:3) and place: the model must not rely on one part. Sides longer than the picture are cut to it.',
    'zh-CN': '擦除面积、长宽比（3:10 至 10:3）与位置均随机的矩形，使模型不依赖单一局部。超出图像的边长截到图像大小。',
  },
  formula: String.raw`x'_{i j} = 0 \text{ in a rectangle of area } s H W, \quad s \sim \mathcal{U}[a, b], \text{ with probability } p`,
  source: 'Zhong et al., Random Erasing Data Augmentation, AAAI 2020, algorithm 1 (aspect drawn evenly by its logarithm, as torchvision does)',
  change: (scope, pictures, options) => {
    const [batch, , height, width] = pictures.shape
    const each = [batch, 1, 1, 1]
    const area = uniform(scope, each, Math.min(options.minimum, options.maximum) * height * width, Math.max(options.minimum, options.maximum) * height * width)
    const aspect = exp(uniform(scope, each, Math.log(0.3), Math.log(1 / 0.3)))
    const sides = { x: minimum(sqrt(div(area, aspect)), width), y: minimum(sqrt(mul(area, aspect)), height) }
    // Anywhere within the picture; pixel centers are whole numbers, so that it reaches from −½.
    const center = (extent: number, side: typeof area) => sub(add(mul(uniform(scope, each, 0, 1), sub(extent, side)), mul(side, 0.5)), 0.5)
    const erased = within(pictures, { centerX: center(width, sides.x), centerY: center(height, sides.y), halfWidth: mul(sides.x, 0.5), halfHeight: mul(sides.y, 0.5) })
    const chosen = logicalAnd(erased, happens(scope, each, options.probability))
    return where(chosen, options.fill === 'zeros' ? 0 : normalNoise(scope, pictures.shape), pictures)
  },
})
