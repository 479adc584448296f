import { z } from 'zod'
import type { FileDataset } from './dataset'
import { imageShape } from './image-shape'

const options = z.strictObject({ shape: imageShape })

/** 1,797 real images of 8×8 pixels with values 0…16, ten classes; shipped with the app. */
export const digits: FileDataset<typeof options> = {
  type: 'digits',
  kind: 'file',
  options,
  preprocess: { features: { scale: 1 / 16 } },
  title: { en: 'Handwritten digits 8×8', 'zh-CN': '手写数字 8×8' },
  help: {
    en: '1,797 real handwritten digits of 8×8 pixels. Small enough to train in seconds; a small network classifies 97% of them.',
    'zh-CN': '1797 张真实手写数字，8×8 像素。几秒即可训练完成，小型网络的准确率可达 97%。',
  },
  formula: String.raw`x \in \{0, \dots, 16\}^{8 \times 8},\quad y \in \{0, \dots, 9\}`,
  source: 'E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998 (CC BY 4.0)',
}
