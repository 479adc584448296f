import { outputNodes } from './ends'
import type { Template } from './template'

export const charLstm: Template = {
  id: 'char-lstm',
  title: { en: 'Character LSTM', 'zh-CN': '字符级 LSTM' },
  help: { en: 'An embedding of characters and an LSTM that predicts the next one.', 'zh-CN': '字符嵌入加 LSTM，预测下一个字符。' },
  needs: { image: false, target: 'class', text: true },
  model: ({ target }) => ({
    nodes: [
      { id: 'input', type: 'input' },
      { id: 'embedding', type: 'embedding', inputDim: target.kind === 'class' ? target.classes : 1, outputDim: 32 },
      { id: 'lstm', type: 'lstm', units: 128 },
      ...outputNodes(target),
    ],
  }),
}
