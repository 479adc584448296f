import { outputNodes, vectorInput } from './ends'
import type { Template } from './template'

export const linearRegression: Template = {
  id: 'linear-regression',
  title: { en: 'Linear regression', 'zh-CN': '线性回归' },
  help: { en: 'One dense layer without activation: every value is a weighted sum of the features.', 'zh-CN': '一个没有激活函数的全连接层：每个值都是特征的加权和。' },
  needs: { image: false, target: 'value' },
  model: ({ sample, target }) => ({ nodes: [...vectorInput(sample), ...outputNodes(target)] }),
}
