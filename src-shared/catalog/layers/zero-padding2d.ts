import { z } from 'zod'
import { pad } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { explicitPaddingSchema, windowOf } from './parts/geometry'
import { imageProblem } from './parts/problems'

export const zeroPadding2d = defineLayer({
  type: 'zeroPadding2d',
  options: z.object({
    padding: field(explicitPaddingSchema.default(1), {
      en: 'Rows and columns of zeros: one number, [vertical, horizontal], or [top, left, bottom, right].',
      'zh-CN': '补零的行列数：一个数、[纵向, 横向] 或 [上, 左, 下, 右]。',
      symbol: 'p',
      unit: 'pixels',
    }),
  }),
  title: { en: 'Zero padding 2D', 'zh-CN': '二维补零' },
  help: {
    en: 'Puts rows and columns of zeros around an image: for sizes that fit a later stride or merge. Keras writes uneven padding as ((top, bottom), (left, right)), PyTorch’s ZeroPad2d as (left, right, top, bottom).',
    'zh-CN': '在图像四周补零，使尺寸与之后的步长或合并相配。不对称时 Keras 写作 ((上，下)，(左，右))，PyTorch 的 ZeroPad2d 写作 (左，右，上，下)。',
  },
  formula: String.raw`y_{c i j} = x_{c,\ i - p,\ j - p} \text{ inside the image}, \quad 0 \text{ around it}`,
  source: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/; https://pytorch.org/docs/stable/generated/torch.nn.ZeroPad2d.html',
  group: 'shape',
  arity: [1, 1],
  infer: ([shape], { padding }) => imageProblem(shape) ?? { shape: [shape[0], ...windowOf(shape, { kernel: 1, strides: 1, padding }).output] },
  lower: (_scope, [x], { padding }) => {
    const [top, left, bottom, right] = windowOf(x.shape.slice(1), { kernel: 1, strides: 1, padding }).pads
    return pad(x, { before: [0, 0, top, left], after: [0, 0, bottom, right], value: 0 })
  },
})
