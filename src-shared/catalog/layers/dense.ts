import { z } from 'zod'
import { add, matmul } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { activate, kernelOptions } from './parts/options'
import { problem, shown, softmaxProblem } from './parts/problems'

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
  }),
  title: { en: 'Dense', 'zh-CN': '全连接' },
  help: {
    en: 'Every output is a weighted sum of all inputs plus a bias, then the activation. Takes vectors: put a flatten layer after images.',
    'zh-CN': '每个输出是全部输入的加权和加上偏置，再经过激活函数。输入为向量：图像之后先接展平层。',
  },
  formula: String.raw`y = f(x W + b), \quad W \in \mathbb{R}^{m \times n}`,
  source: 'https://keras.io/api/layers/core_layers/dense/',
  group: 'dense',
  arity: [1, 1],
  infer: ([shape], { units, activation }) => {
    if (shape.length !== 1) return problem('layer-needs-vector', { shape: shown(shape) })
    return softmaxProblem(activation, [units]) ?? { shape: [units] }
  },
  lower: (scope, [x], options) => {
    const fanIn = x.shape[1]
    const fanOut = options.units
    const kernel = scope.weight({
      name: 'kernel',
      shape: [fanIn, fanOut],
      initializer: options.kernelInitializer,
      role: 'kernel',
      fanIn,
      fanOut,
      regularizer: options.kernelRegularizer,
    })
    const product = matmul(x, kernel)
    if (!options.useBias) return activate(product, options.activation)
    const bias = scope.weight({
      name: 'bias',
      shape: [fanOut],
      initializer: options.biasInitializer,
      role: 'bias',
      fanIn,
      fanOut,
      regularizer: options.biasRegularizer,
    })
    return activate(add(product, bias), options.activation)
  },
})
