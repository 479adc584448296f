import { z } from 'zod'
import { field } from '../definition'
import type { FileDataset } from './dataset'
import { imageShape } from './image-shape'

const file = z.string().min(1)

const options = z.strictObject({
  images: field(file, {
    en: 'File of the training images (train-images-idx3-ubyte, plain or .gz), relative to the document.',
    'zh-CN': '训练图像文件（train-images-idx3-ubyte，可为 .gz），相对于文档所在文件夹。',
    path: 'file',
  }),
  labels: field(file, {
    en: 'File of the training labels (train-labels-idx1-ubyte, plain or .gz).',
    'zh-CN': '训练标签文件（train-labels-idx1-ubyte，可为 .gz）。',
    path: 'file',
  }),
  testImages: field(file.optional(), { en: 'File of the test images: the fixed test part.', 'zh-CN': '测试图像文件：固定的测试集。', path: 'file' }),
  testLabels: field(file.optional(), { en: 'File of the test labels.', 'zh-CN': '测试标签文件。', path: 'file' }),
  shape: imageShape,
  classNames: field(z.array(z.string().min(1)).min(2).optional(), {
    en: 'Names of labels 0, 1, …. Default: the labels themselves.',
    'zh-CN': '标签 0、1……的名称。默认：标签本身。',
  }),
})

export const idx: FileDataset<typeof options> = {
  type: 'idx',
  kind: 'file',
  options,
  preprocess: { features: { scale: 1 / 255 } },
  title: { en: 'IDX files (MNIST)', 'zh-CN': 'IDX 文件（MNIST）' },
  help: {
    en: 'Images and labels in the format of MNIST and Fashion-MNIST. With test files given, they are the test part, and validation rows come from the training files.',
    'zh-CN': 'MNIST 与 Fashion-MNIST 所用格式的图像和标签。给出测试文件时它们作为测试集，验证行取自训练文件。',
  },
  formula: String.raw`x \in \{0, \dots, 255\}^{h \times w},\quad y \in \{0, \dots, C - 1\}`,
  source: 'Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits, section “File formats”',
}
