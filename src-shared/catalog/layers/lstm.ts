import { z } from 'zod'
import { lstm as lstmOf } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { inferRecurrent, lowerRecurrent, recurrentOptions } from './parts/recurrent'

export const lstm = defineLayer({
  type: 'lstm',
  options: z.object({
    ...recurrentOptions,
    unitForgetBias: field(z.boolean().default(true), {
      en: 'The forget gate’s bias starts at 1, so that the cell remembers at first (Keras’s default). PyTorch starts it like the others.',
      'zh-CN': '遗忘门的偏置从 1 开始，使单元起初倾向于记忆（Keras 默认）。PyTorch 与其他偏置一样初始化。',
    }),
  }),
  title: { en: 'LSTM', 'zh-CN': '长短期记忆（LSTM）' },
  help: {
    en: 'Long short-term memory: reads a sequence [time, features] step by step and keeps a cell state that gates write, keep and read. The weights hold the gates in the order input, forget, output, cell (Keras and PyTorch: input, forget, cell, output; exports reorder). One bias per gate, as in Keras; PyTorch has two, whose sum counts.',
    'zh-CN': '长短期记忆网络：逐步读取序列 [时间, 特征]，其单元状态由各门控制写入、保持与读出。权重中门的次序为输入、遗忘、输出、候选（Keras 与 PyTorch 为输入、遗忘、候选、输出，导出时自动调整）。每个门一个偏置（同 Keras）；PyTorch 有两个，起作用的是二者之和。',
  },
  formula: String.raw`i, f, o = \sigma(x_t W + h_{t-1} U + b), \quad g = \tanh(x_t W + h_{t-1} U + b), \quad c_t = f \odot c_{t-1} + i \odot g, \quad h_t = o \odot \tanh(c_t) \in \mathbb{R}^{n}`,
  source: 'Hochreiter & Schmidhuber, Long Short-Term Memory, Neural Computation 9(8), 1997; Gers et al. 2000 (forget gate); https://keras.io/api/layers/recurrent_layers/lstm/; https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html',
  group: 'sequence',
  arity: [1, 1],
  infer: ([shape], options) => inferRecurrent(shape, options),
  lower: (scope, [x], options) => {
    const { units, returnSequences, unitForgetBias } = options
    const ones = unitForgetBias ? ([units, 2 * units] as const) : undefined
    return lowerRecurrent(scope, x, options, 4, (steps, weights) => lstmOf(steps, weights, { sequences: returnSequences }), ones)
  },
})
