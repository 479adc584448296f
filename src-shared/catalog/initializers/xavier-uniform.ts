import { z } from 'zod'
import { defineInitializer } from './initializer'
import { fillWith, symmetricUniform } from './parts/sample'

export const xavierUniform = defineInitializer({
  type: 'xavierUniform',
  options: z.object({}),
  title: { en: 'Xavier (Glorot) uniform', 'zh-CN': 'Xavier（Glorot）均匀' },
  help: {
    en: 'Uniform values whose variance balances the signal forward and the gradient backward: the default of dense and convolutional layers, as in Keras. Also accepted as glorotUniform.',
    'zh-CN': '方差兼顾前向信号与反向梯度的均匀随机值：全连接层与卷积层的默认值（同 Keras）。也可写作 glorotUniform。',
  },
  formula: String.raw`w \sim \mathcal{U}[-r, r], \quad r = \sqrt{\frac{6}{n_\mathrm{in} + n_\mathrm{out}}}`,
  source: 'Glorot & Bengio, Understanding the Difficulty of Training Deep Feedforward Neural Networks, AISTATS 2010, eq. 16',
  fill: ({ shape, fanIn, fanOut, random }) => {
    const limit = Math.sqrt(6 / (fanIn + fanOut))
    return fillWith(shape, () => symmetricUniform(random, limit))
  },
})
