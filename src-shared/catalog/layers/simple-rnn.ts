import { z } from 'zod'
import { simpleRnn as simpleRnnOf } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { inferRecurrent, lowerRecurrent, recurrentOptions } from './parts/recurrent'

export const simpleRnn = defineLayer({
  type: 'simpleRnn',
  options: z.object({
    ...recurrentOptions,
    activation: field(z.enum(['tanh', 'relu']).default('tanh'), { en: 'Applied to the sum in every step.', 'zh-CN': '每一步作用于该和的激活函数。', symbol: 'f' }),
  }),
  title: { en: 'Simple RNN', 'zh-CN': '简单循环网络' },
  help: {
    en: 'Reads a sequence [time, features] step by step and feeds each step’s output back into the next. Forgets quickly: gradients vanish or explode over many steps, which LSTM and GRU cure.',
    'zh-CN': '逐步读取序列 [时间, 特征]，并把每一步的输出送入下一步。遗忘较快：梯度在多步之后会消失或爆炸，LSTM 与 GRU 正为此而设。',
  },
  formula: String.raw`h_t = f(x_t W + h_{t-1} U + b) \in \mathbb{R}^{n}`,
  source: 'Elman, Finding Structure in Time, Cognitive Science 14(2), 1990; https://keras.io/api/layers/recurrent_layers/simple_rnn/; https://pytorch.org/docs/stable/generated/torch.nn.RNN.html',
  group: 'sequence',
  arity: [1, 1],
  infer: ([shape], options) => inferRecurrent(shape, options),
  lower: (scope, [x], options) => {
    const { returnSequences, activation } = options
    return lowerRecurrent(scope, x, options, 1, (steps, weights) => simpleRnnOf(steps, weights, { sequences: returnSequences, activation }))
  },
})
