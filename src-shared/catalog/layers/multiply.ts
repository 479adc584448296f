import { z } from 'zod'
import { mul } from '@shared/graph'
import { defineLayer } from './layer'
import { inferMerge } from './parts/merging'

export const multiply = defineLayer({
  type: 'multiply',
  options: z.object({}),
  title: { en: 'Multiply', 'zh-CN': '相乘' },
  help: {
    en: 'Multiplies inputs of one shape element by element: for gates.',
    'zh-CN': '把形状相同的各输入逐元素相乘，用于门控。',
  },
  formula: String.raw`y = \prod_i x^{(i)}`,
  source: 'https://keras.io/api/layers/merging_layers/multiply/',
  group: 'merge',
  arity: [2, Infinity],
  infer: inferMerge,
  lower: (_scope, inputs) => inputs.reduce((product, input) => mul(product, input)),
})
