import { z } from 'zod'
import { add, mul } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { dropMask } from './parts/dropping'
import { biasOf, finish, kernelOf, kernelOptions } from './parts/options'
import { problem, shown, softmaxProblem } from './parts/problems'
import { projectRows } from './parts/sequence'

export const dense = defineLayer({
  type: 'dense',
  options: z.object({
    units: field(z.int().min(1), {
      en: 'Number of outputs.',
      'zh-CN': '输出的个数。',
      symbol: 'n',
      unit: 'units',
    }),
    ...kernelOptions,
    dropConnect: field(z.number().min(0).lt(1).default(0), {
      en: 'Fraction of the kernel’s weights set to zero in each step, the others scaled up (DropConnect). One mask for the whole batch; evaluation uses all weights.',
      'zh-CN': '每一步中置零的核权重比例，其余权重相应放大（DropConnect）。整个批次共用一个掩码；评估时使用全部权重。',
      symbol: 'p',
    }),
  }),
  title: { en: 'Dense', 'zh-CN': '全连接' },
  help: {
    en: 'Every output is a weighted sum of all inputs plus a bias, then the activation. Takes vectors, and sequences [time, features] step by step with the same weights; put a flatten layer after images.',
    'zh-CN': '每个输出是全部输入的加权和加上偏置，再经过激活函数。输入为向量，或序列 [时间, 特征]（各时间步共用同一组权重）；图像之后先接展平层。',
  },
  formula: String.raw`y = f(x W + b), \quad W \in \mathbb{R}^{m \times n} \qquad \text{(DropConnect: } W \odot \tfrac{M}{1 - p},\ M_{ij} \sim \operatorname{Bernoulli}(1 - p))`,
  source: 'https://keras.io/api/layers/core_layers/dense/; Wan et al., Regularization of Neural Networks using DropConnect, ICML 2013 (one mask per batch; evaluation by mean weights)',
  group: 'dense',
  arity: [1, 1],
  infer: ([shape], { units, activation }) => {
    if (shape.length !== 1 && shape.length !== 2) return problem('layer-needs-vector', { shape: shown(shape) })
    const output = [...shape.slice(0, -1), units]
    return softmaxProblem(activation, output) ?? { shape: output }
  },
  lower: (scope, [x], options) => {
    const fans = { fanIn: x.shape[x.shape.length - 1], fanOut: options.units }
    const kernel = kernelOf(scope, options, [fans.fanIn, fans.fanOut], [0], fans)
    const dropped = scope.training && options.dropConnect > 0 ? mul(kernel, dropMask(scope, kernel.shape, options.dropConnect)) : kernel
    const y = projectRows(x, dropped, (rows) => (options.useBias ? add(rows, biasOf(scope, options, options.units, fans)) : rows))
    return finish(scope, y, options)
  },
})
