import { z } from 'zod'
import { field } from '../definition'

/** Images as a row of pixels, for dense layers, or as `[channels, height, width]`, for convolutions. */
export const imageShape = field(z.enum(['flat', 'image']).default('flat'), {
  en: 'Shape of one sample: "flat" is a row of pixels (for dense layers), "image" is [channels, height, width] (for convolutions).',
  'zh-CN': '单个样本的形状：flat 为一行像素（用于全连接层），image 为 [通道, 高, 宽]（用于卷积）。',
})
