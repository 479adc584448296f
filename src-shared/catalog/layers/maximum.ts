import { z } from 'zod'
import { maximum as larger } from '@shared/graph'
import { defineLayer } from './layer'
import { inferMerge } from './parts/merging'

export const maximum = defineLayer({
  type: 'maximum',
  options: z.object({}),
  title: { en: 'Maximum', 'zh-CN': '逐元素最大' },
  help: {
    en: 'Keeps the largest of the inputs’ values, element by element (maxout). Of equal values each gets an equal part of the gradient where there are two.',
    'zh-CN': '逐元素取各输入中的最大值（maxout）。两个值相等时梯度各得一半。',
  },
  formula: String.raw`y = \max_i x^{(i)}`,
  source: 'Goodfellow et al., Maxout Networks, ICML 2013; https://keras.io/api/layers/merging_layers/maximum/',
  group: 'merge',
  arity: [2, Infinity],
  infer: inferMerge,
  lower: (_scope, inputs) => inputs.reduce((most, input) => larger(most, input)),
})
