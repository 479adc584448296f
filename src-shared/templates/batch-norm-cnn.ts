import { halvings, imageInput, outputNodes } from './ends'
import type { Template, TemplateNode } from './template'

const FILTERS = [16, 32, 64]

/** Convolution without bias (normalization subtracts it), normalization, activation, pooling. */
function block(index: number): readonly TemplateNode[] {
  const number = index + 1
  return [
    { id: `conv${number}`, type: 'conv2d', filters: FILTERS[index], kernelSize: 3, padding: 'same', useBias: false, kernelInitializer: 'heNormal' },
    { id: `norm${number}`, type: 'batchNormalization' },
    { id: `relu${number}`, type: 'activation', activation: 'relu' },
    { id: `pool${number}`, type: 'maxPooling2d', poolSize: 2 },
  ]
}

export const batchNormCnn: Template = {
  id: 'batch-norm-cnn',
  title: { en: 'CNN with batch normalization', 'zh-CN': '带批归一化的卷积网络' },
  help: { en: 'Blocks of convolution, batch normalization, ReLU and max pooling; global average pooling and dropout before the output.', 'zh-CN': '由卷积、批归一化、ReLU、最大池化组成的若干块；输出前做全局平均池化和随机失活。' },
  needs: { image: true, target: null },
  model: ({ sample, image, target }) => {
    // Called with images only.
    const shape = image ?? sample
    return {
      nodes: [
        ...imageInput(sample, shape),
        ...Array.from({ length: halvings(shape, FILTERS.length) }, (_, index) => block(index)).flat(),
        { id: 'average', type: 'globalAveragePooling2d' },
        { id: 'dropout', type: 'dropout', rate: 0.25 },
        ...outputNodes(target),
      ],
    }
  },
}
