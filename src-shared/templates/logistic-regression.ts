import { outputNodes, vectorInput } from './ends'
import type { Template } from './template'

export const logisticRegression: Template = {
  id: 'logistic-regression',
  title: { en: 'Logistic regression', 'zh-CN': '逻辑回归' },
  help: { en: 'One dense layer with sigmoid (two classes) or softmax (more): straight borders between classes.', 'zh-CN': '一个全连接层，两类用 sigmoid，多类用 softmax：类别之间的边界是直的。' },
  needs: { image: false, target: 'class' },
  model: ({ sample, target }) => ({ nodes: [...vectorInput(sample), ...outputNodes(target)] }),
}
