import { z } from 'zod'
import { defineInitializer } from './initializer'
import { fillWith } from './parts/sample'

export const xavierNormal = defineInitializer({
  type: 'xavierNormal',
  options: z.object({}),
  title: { en: 'Xavier (Glorot) normal', 'zh-CN': 'Xavier（Glorot）正态' },
  help: {
    en: 'Normal values whose variance balances the signal forward and the gradient backward: for tanh, sigmoid and linear layers. Also accepted as glorotNormal. The normal values are not truncated, as in PyTorch; Keras cuts them at two standard deviations.',
    'zh-CN': '方差兼顾前向信号与反向梯度的正态随机值：适合 tanh、sigmoid 与线性层。也可写作 glorotNormal。正态值不作截断（同 PyTorch）；Keras 会在两个标准差处截断。',
  },
  formula: String.raw`w \sim \mathcal{N}\!\left(0, \frac{2}{n_\mathrm{in} + n_\mathrm{out}}\right)`,
  source: 'Glorot & Bengio, Understanding the Difficulty of Training Deep Feedforward Neural Networks, AISTATS 2010, eq. 12',
  fill: ({ shape, fanIn, fanOut, random }) => {
    const stddev = Math.sqrt(2 / (fanIn + fanOut))
    return fillWith(shape, () => stddev * random.normal())
  },
})
