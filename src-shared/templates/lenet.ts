import { halvings, imageInput, outputNodes } from './ends'
import type { Template, TemplateNode } from './template'

const FILTERS = [6, 16]

/** One convolution and average pooling, as in LeNet-5; padded, since images may be small. */
function block(index: number): readonly TemplateNode[] {
  return [
    { id: `conv${index + 1}`, type: 'conv2d', filters: FILTERS[index], kernelSize: 5, padding: 'same', activation: 'tanh' },
    { id: `pool${index + 1}`, type: 'averagePooling2d', poolSize: 2 },
  ]
}

export const lenet: Template = {
  id: 'lenet',
  title: { en: 'LeNet-style CNN', 'zh-CN': 'LeNet 风格的卷积网络' },
  help: { en: 'Two convolutions with average pooling, then three dense layers, as in LeNet-5 (LeCun et al., 1998).', 'zh-CN': '两个卷积层加平均池化，再接三个全连接层，仿照 LeNet-5（LeCun 等，1998）。' },
  needs: { image: true, target: null },
  model: ({ sample, image, target }) => {
    // Called with images only.
    const shape = image ?? sample
    return {
      nodes: [
        ...imageInput(sample, shape),
        ...Array.from({ length: halvings(shape, FILTERS.length) }, (_, index) => block(index)).flat(),
        { id: 'flatten', type: 'flatten' },
        { id: 'dense1', type: 'dense', units: 120, activation: 'tanh' },
        { id: 'dense2', type: 'dense', units: 84, activation: 'tanh' },
        ...outputNodes(target),
      ],
    }
  },
}
