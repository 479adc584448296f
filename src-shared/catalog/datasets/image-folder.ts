import { z } from 'zod'
import { field } from '../definition'
import type { FileDataset } from './dataset'

const options = z.strictObject({
  path: field(z.string().min(1), {
    en: 'Folder with one folder of PNG and JPEG files per class, relative to the document.',
    'zh-CN': '每个类别一个子文件夹（内含 PNG、JPEG 文件）的文件夹，相对于文档所在文件夹。',
    path: 'folder',
  }),
  testPath: field(z.string().min(1).optional(), {
    en: 'A second such folder with the same classes: the fixed test part.',
    'zh-CN': '类别相同的另一个文件夹：固定的测试集。',
    path: 'folder',
  }),
  channels: field(z.enum(['grayscale', 'rgb']).default('rgb'), {
    en: 'Read images as one gray channel or as red, green and blue; others are converted, transparency is dropped.',
    'zh-CN': '按单个灰度通道或红绿蓝三通道读取；其他图像会被转换，透明度被丢弃。',
  }),
  shape: field(z.enum(['image', 'flat']).default('image'), {
    en: 'Shape of one sample: "image" is [channels, height, width], "flat" is a row of values.',
    'zh-CN': '单个样本的形状：image 为 [通道, 高, 宽]，flat 为一行数值。',
  }),
})

export const imageFolder: FileDataset<typeof options> = {
  type: 'image-folder',
  kind: 'file',
  options,
  preprocess: { features: { scale: 1 / 255 } },
  title: { en: 'Folder of images', 'zh-CN': '图像文件夹' },
  help: {
    en: 'PNG and JPEG files sorted into one folder per class. All images have the same size; classes are in the order of their names.',
    'zh-CN': '按类别分文件夹存放的 PNG、JPEG 文件。所有图像尺寸相同，类别按名称排序。',
  },
  formula: String.raw`x \in \{0, \dots, 255\}^{c \times h \times w},\quad y \in \{1, \dots, C\}`,
  source: 'The layout of torchvision.datasets.ImageFolder',
}
