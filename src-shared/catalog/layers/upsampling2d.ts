import { z } from 'zod'
import { broadcastTo, reshape } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { pair, pairSchema } from './parts/geometry'
import { imageProblem } from './parts/problems'

export const upsampling2d = defineLayer({
  type: 'upsampling2d',
  options: z.object({
    size: field(pairSchema.default(2), {
      en: 'How many times each row and column is repeated: one number, or [down, right].',
      'zh-CN': '每行每列重复的次数：一个数，或 [纵向, 横向]。',
      symbol: 's',
      unit: 'pixels',
    }),
  }),
  title: { en: 'Upsampling 2D', 'zh-CN': '二维上采样' },
  help: {
    en: 'Enlarges an image by repeating its pixels (nearest neighbor). With a conv2d after it, a decoder without the checkerboard patterns of transposed convolutions.',
    'zh-CN': '重复像素以放大图像（最近邻）。其后接 conv2d，即可作解码器而没有转置卷积的棋盘状伪影。',
  },
  formula: String.raw`y_{c i j} = x_{c,\ \lfloor i / s \rfloor,\ \lfloor j / s \rfloor}`,
  source: 'https://keras.io/api/layers/reshaping_layers/up_sampling2d/; Odena, Dumoulin & Olah, Deconvolution and Checkerboard Artifacts, Distill, 2016',
  group: 'shape',
  arity: [1, 1],
  infer: ([shape], { size }) => {
    const [down, right] = pair(size)
    return imageProblem(shape) ?? { shape: [shape[0], shape[1] * down, shape[2] * right] }
  },
  lower: (_scope, [x], { size }) => {
    const [batch, channels, height, width] = x.shape
    const [down, right] = pair(size)
    const apart = reshape(x, [batch * channels, height, 1, width, 1])
    return reshape(broadcastTo(apart, [batch * channels, height, down, width, right]), [batch, channels, height * down, width * right])
  },
})
