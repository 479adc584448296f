import { z } from 'zod'
import { randomSource, type RandomSource } from '@shared/lib/random'
import { field } from '../definition'
import type { GeneratedDataset } from './dataset'
import { DigitWriter, SIDE, type Handwriting } from './handwriting/writer'
import { imageShape } from './image-shape'
import { numbered } from './points'

const options = z.strictObject({
  rows: field(z.int().min(10).max(600_000).default(10_000), { en: 'Images to train and validate on.', 'zh-CN': '用于训练和验证的图像数。', unit: 'rows' }),
  testRows: field(z.int().min(0).max(100_000).default(2000), { en: 'Images of the fixed test part; 0 for none.', 'zh-CN': '固定测试集的图像数；0 表示不设。', unit: 'rows' }),
  shape: imageShape,
  distortion: field(z.number().min(0).max(3).default(1), {
    en: 'Strength of rotation, shear, scaling, shift and elastic deformation: 0 none, 1 normal handwriting.',
    'zh-CN': '旋转、剪切、缩放、平移和弹性变形的强度：0 为无，1 为正常手写。',
  }),
  noise: field(z.number().min(0).max(1).default(0.05), { en: 'Standard deviation of the pixel noise, as a share of full ink.', 'zh-CN': '像素噪声的标准差（相对于满墨）。', symbol: String.raw`\sigma` }),
})

export const syntheticDigits: GeneratedDataset<typeof options> = {
  type: 'synthetic-digits',
  kind: 'generated',
  options,
  preprocess: { features: { scale: 1 / 255 } },
  title: { en: 'Synthetic handwritten digits 28×28', 'zh-CN': '合成手写数字 28×28' },
  help: {
    en: 'Digits written by a random pen: several ways to write each, bent, sheared, shifted, in strokes of varying width. Of MNIST’s size and kind, made from the seed alone; linear models stay below 95%.',
    'zh-CN': '由随机笔迹书写的数字：每个数字有多种写法，带弯曲、倾斜、平移和笔画粗细变化。尺寸与 MNIST 相同，仅由种子生成；线性模型的准确率低于 95%。',
  },
  formula: String.raw`x \in \{0, \dots, 255\}^{28 \times 28},\quad y \in \{0, \dots, 9\}`,
  source: 'Strokes of this program; elastic deformation after P. Simard, D. Steinkraus, J. Platt: Best practices for convolutional neural networks, 2003',
  generate: ({ rows, testRows, shape, distortion, noise }, random) => {
    const pixels = new Uint8Array((rows + testRows) * SIDE * SIDE)
    const labels = Int32Array.from({ length: rows + testRows }, (_, row) => (row < rows ? row : row - rows) % 10)
    // Streams of their own: neither part changes with the size of the other, and fewer rows are the first of more.
    const streams = { train: randomSource(random.bits()), test: randomSource(random.bits()) }
    writeRows(pixels.subarray(0, rows * SIDE * SIDE), labels, streams.train, { distortion, noise })
    writeRows(pixels.subarray(rows * SIDE * SIDE), labels.subarray(rows), streams.test, { distortion, noise })
    return {
      rows: rows + testRows,
      features: { kind: 'dense', shape: shape === 'flat' ? [SIDE * SIDE] : [1, SIDE, SIDE], data: pixels },
      targets: { kind: 'class', labels, classNames: numbered(10) },
      ...(testRows > 0 ? { testFrom: rows } : {}),
    }
  },
}

function writeRows(pixels: Uint8Array, labels: Int32Array, random: RandomSource, style: Handwriting): void {
  const writer = new DigitWriter(random, style)
  const size = SIDE * SIDE
  for (let row = 0; row * size < pixels.length; row++) writer.write(labels[row], pixels.subarray(row * size, (row + 1) * size))
}
