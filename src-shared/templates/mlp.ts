import { outputNodes, vectorInput } from './ends'
import type { Template } from './template'

export const mlp: Template = {
  id: 'mlp',
  title: { en: 'Multilayer perceptron', 'zh-CN': '多层感知机' },
  help: { en: 'Two hidden dense layers with ReLU: for tables and small images.', 'zh-CN': '两个带 ReLU 的全连接隐藏层：适合表格和小图像。' },
  needs: { image: false, target: null },
  model: ({ sample, target }) => ({
    nodes: [
      ...vectorInput(sample),
      { id: 'hidden1', type: 'dense', units: 64, activation: 'relu', kernelInitializer: 'heNormal' },
      { id: 'hidden2', type: 'dense', units: 32, activation: 'relu', kernelInitializer: 'heNormal' },
      ...outputNodes(target),
    ],
  }),
}
