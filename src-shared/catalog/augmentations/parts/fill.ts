import { z } from 'zod'
import { field } from '../../definition'

export const fillField = field(z.enum(['nearest', 'reflect', 'zeros']).default('nearest'), {
  en: 'What stands beyond the edge: `nearest` repeats the edge’s pixels, `reflect` mirrors the picture, `zeros` are zeros after preprocessing (with standardized features not the background).',
  'zh-CN': '边缘之外的内容：`nearest` 重复边缘像素，`reflect` 镜像图像，`zeros` 为预处理之后的零（若特征已标准化，则不等于背景）。',
})
