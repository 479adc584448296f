import { z } from 'zod'
import { field } from '../definition'
import { defineLayer } from './layer'
import { problem } from './parts/problems'

export const input = defineLayer({
  type: 'input',
  options: z.object({
    shape: field(z.array(z.int().min(1)).readonly().optional(), {
      en: 'Shape of one sample: [features], or [channels, height, width] for images. When left out it is taken from the data set.',
      'zh-CN': '单个样本的形状：[特征数]，图像为 [通道, 高, 宽]。省略时取自数据集。',
      symbol: 's',
    }),
  }),
  title: { en: 'Input', 'zh-CN': '输入' },
  help: {
    en: 'Where the data enters the model. Declare the shape to have the data set checked against it.',
    'zh-CN': '数据进入模型的位置。声明形状后，会检查数据集是否与之相符。',
  },
  formula: String.raw`y = x, \quad x \in \mathbb{R}^{s}`,
  source: 'https://keras.io/api/layers/core_layers/input/',
  group: 'input',
  arity: [0, 0],
  /** `inputs` may hold the data set's sample shape. */
  infer: (inputs, { shape }) => {
    const known = shape ?? inputs[0]
    return known === undefined ? problem('layer-input-shape-unknown', {}, 'shape') : { shape: known }
  },
  lower: (_scope, [x]) => x,
})
