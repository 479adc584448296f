import { answersEverywhere, outputNodes } from './ends'
import type { Template } from './template'

export const charLstm: Template = {
  id: 'char-lstm',
  title: { en: 'Character LSTM', 'zh-CN': '字符级 LSTM' },
  help: { en: 'An embedding of characters and an LSTM that predicts the next one: after the last, or after every one if the data set says so (targets: every).', 'zh-CN': '字符嵌入加 LSTM，预测下一个字符：末尾之后的，或按数据集设置（targets: every）在每个字符之后。' },
  needs: { image: false, target: 'class', text: true },
  model: ({ target }) => ({
    nodes: [
      { id: 'input', type: 'input' },
      { id: 'embedding', type: 'embedding', inputDim: target.kind === 'class' ? target.classes : 1, outputDim: 32 },
      { id: 'lstm', type: 'lstm', units: 128, ...(answersEverywhere(target) ? { returnSequences: true } : {}) },
      ...outputNodes(target),
    ],
  }),
}
