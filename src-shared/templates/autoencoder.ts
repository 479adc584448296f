import { imageInput } from './ends'
import type { Template, TemplateNode } from './template'

const FILTERS = [16, 8]

export const autoencoder: Template = {
  id: 'autoencoder',
  title: { en: 'Autoencoder', 'zh-CN': '自编码器' },
  help: {
    en: 'Squeezes images through few numbers and rebuilds them by transposed convolutions. The target becomes the input itself (dataset.preprocess.targets).',
    'zh-CN': '把图像压缩为少量数值，再用转置卷积重建。目标即为输入本身（dataset.preprocess.targets）。',
  },
  needs: { image: true, target: null },
  reconstructs: true,
  model: ({ sample, image }) => {
    // Called with images only.
    const shape = image ?? sample
    const [channels, height, width] = shape
    const depth = FILTERS.filter((_, index) => height % 2 ** (index + 1) === 0 && width % 2 ** (index + 1) === 0).length
    const strided = (id: string, type: string, filters: number): TemplateNode => ({ id, type, filters, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' })
    const used = FILTERS.slice(0, depth)
    return {
      nodes: [
        ...imageInput(sample, shape),
        ...used.map((filters, index) => strided(`encode${String(index + 1)}`, 'conv2d', filters)),
        ...used.toReversed().map((filters, index) => strided(`decode${String(index + 1)}`, 'conv2dTranspose', filters)),
        { id: 'output', type: 'conv2d', filters: channels, kernelSize: 3, padding: 'same' },
      ],
    }
  },
}
