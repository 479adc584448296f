import { z } from 'zod'
import { activationSchema } from '../activations'
import { field } from '../definition'
import { defineLayer } from './layer'
import { activate } from './parts/options'
import { softmaxProblem } from './parts/problems'

export const activation = defineLayer({
  type: 'activation',
  options: z.object({
    activation: field(activationSchema.default({ type: 'relu' }), {
      en: 'The function. A name, or an object with options.',
      'zh-CN': '激活函数；写名称，或带选项的对象。',
      symbol: 'f',
    }),
  }),
  title: { en: 'Activation', 'zh-CN': '激活' },
  help: {
    en: 'Applies an activation function on its own: for example after batch normalization or an addition.',
    'zh-CN': '单独施加激活函数，例如放在批归一化或相加之后。',
  },
  formula: String.raw`y = f(x)`,
  source: 'https://keras.io/api/layers/core_layers/activation/',
  group: 'activation',
  arity: [1, 1],
  infer: ([shape], options) => softmaxProblem(options.activation, shape) ?? { shape },
  lower: (_scope, [x], options) => activate(x, options.activation),
})
