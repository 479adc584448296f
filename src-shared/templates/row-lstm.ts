import { imageInput, outputNodes } from './ends'
import type { Template } from './template'

export const rowLstm: Template = {
  id: 'row-lstm',
  title: { en: 'LSTM on image rows', 'zh-CN': '逐行读图的 LSTM' },
  help: { en: 'Reads an image row by row, as a sequence, with an LSTM: recurrence on data that everybody knows.', 'zh-CN': '用 LSTM 把图像当作序列逐行读取：在熟悉的数据上认识循环网络。' },
  needs: { image: true, target: null },
  model: ({ sample, image, target }) => {
    // Called with images only.
    const shape = image ?? sample
    const [channels, height, width] = shape
    return { nodes: [...imageInput(sample, shape), { id: 'rows', type: 'reshape', shape: [channels * height, width] }, { id: 'lstm', type: 'lstm', units: 64 }, ...outputNodes(target)] }
  },
}
