import { z } from 'zod'
import { add, constantTensor } from '@shared/graph'
import { field } from '../definition'
import { initializerSchema } from '../initializers'
import { defineLayer } from './layer'
import { sequenceProblem } from './parts/sequence'

/** sin and cos of position / 10000^(2i / features), one after the other: `[time, features]`. */
export function sinusoids(steps: number, features: number): Float32Array {
  return Float32Array.from({ length: steps * features }, (_, at) => {
    const feature = at % features
    const angle = Math.floor(at / features) / 10_000 ** ((feature - (feature % 2)) / features)
    return feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  })
}

export const positionalEncoding = defineLayer({
  type: 'positionalEncoding',
  options: z.object({
    kind: field(z.enum(['sinusoidal', 'learned']).default('sinusoidal'), {
      en: '`sinusoidal`: fixed waves of different lengths (the Transformer paper). `learned`: a trained vector for each position.',
      'zh-CN': '`sinusoidal`：不同波长的固定正弦波（Transformer 论文）。`learned`：每个位置一个可训练的向量。',
    }),
    initializer: field(initializerSchema.prefault({ type: 'uniform' }), {
      en: 'How learned positions start.',
      'zh-CN': '可训练位置向量的初始化方式。',
    }),
  }),
  title: { en: 'Positional encoding', 'zh-CN': '位置编码' },
  help: {
    en: 'Adds to every time step of [time, features] a vector that tells its position: attention by itself does not know the order.',
    'zh-CN': '为 [时间, 特征] 的每个时间步加上表示其位置的向量：注意力本身并不知道顺序。',
  },
  formula: String.raw`y_t = x_t + p_t, \quad p_{t, 2 i} = \sin\frac{t}{10000^{2 i / d}}, \quad p_{t, 2 i + 1} = \cos\frac{t}{10000^{2 i / d}}`,
  source: 'Vaswani et al., Attention Is All You Need, NeurIPS 2017, section 3.5',
  group: 'sequence',
  arity: [1, 1],
  infer: ([shape]) => sequenceProblem(shape) ?? { shape },
  lower: (scope, [x], { kind, initializer }) => {
    const [, steps, features] = x.shape
    const shape = [steps, features]
    if (kind === 'sinusoidal') return add(x, constantTensor(x.graph, sinusoids(steps, features), shape, 'float32'))
    return add(x, scope.weight({ name: 'positions', shape, initializer, role: 'kernel', fanIn: steps, fanOut: features }))
  },
})
