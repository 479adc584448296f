import { z } from 'zod'
import { gru as gruOf } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { inferRecurrent, lowerRecurrent, recurrentOptions } from './parts/recurrent'

export const gru = defineLayer({
  type: 'gru',
  options: z.object({
    ...recurrentOptions,
    resetAfter: field(z.boolean().default(true), {
      en: 'The reset gate multiplies the product of the previous output, which has a bias of its own: as cuDNN, PyTorch and Keras’s default. Otherwise it multiplies the previous output itself, as in the paper.',
      'zh-CN': '重置门作用于上一步输出的乘积（该乘积有自己的偏置），与 cuDNN、PyTorch 及 Keras 默认一致；否则直接作用于上一步的输出，即论文的做法。',
    }),
  }),
  title: { en: 'GRU', 'zh-CN': '门控循环单元（GRU）' },
  help: {
    en: 'Gated recurrent unit: reads a sequence [time, features] step by step; an update gate mixes the previous output with a candidate. About as good as an LSTM with fewer weights. The weights hold the gates in Keras’s order update, reset, candidate (PyTorch: reset, update, candidate; exports reorder).',
    'zh-CN': '门控循环单元：逐步读取序列 [时间, 特征]，由更新门混合上一步的输出与候选值。效果与 LSTM 相近而权重更少。权重中门的次序同 Keras：更新、重置、候选（PyTorch 为重置、更新、候选，导出时自动调整）。',
  },
  formula: String.raw`z, r = \sigma(x_t W + h_{t-1} U + b), \quad \tilde h = \tanh(x_t W + r \odot (h_{t-1} U) + b), \quad h_t = z \odot h_{t-1} + (1 - z) \odot \tilde h \in \mathbb{R}^{n}`,
  source: 'Cho et al., Learning Phrase Representations using RNN Encoder-Decoder, EMNLP 2014; https://keras.io/api/layers/recurrent_layers/gru/; https://pytorch.org/docs/stable/generated/torch.nn.GRU.html',
  group: 'sequence',
  arity: [1, 1],
  infer: ([shape], options) => inferRecurrent(shape, options),
  lower: (scope, [x], options) => {
    const { returnSequences, resetAfter } = options
    return lowerRecurrent(scope, x, options, 3, (steps, weights, biasOf) => {
      const recurrentBias = resetAfter && weights.bias !== null ? biasOf('recurrentBias') : null
      return gruOf(steps, { ...weights, recurrentBias }, { sequences: returnSequences, resetAfter })
    })
  },
})
