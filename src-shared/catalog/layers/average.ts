import { z } from 'zod'
import { add, mul } from '@shared/graph'
import { defineLayer } from './layer'
import { inferMerge } from './parts/merging'

export const average = defineLayer({
  type: 'average',
  options: z.object({}),
  title: { en: 'Average', 'zh-CN': '平均' },
  help: {
    en: 'Averages inputs of one shape element by element: an ensemble of branches.',
    'zh-CN': '把形状相同的各输入逐元素取平均，相当于多个支路的集成。',
  },
  formula: String.raw`y = \frac{1}{n} \sum_{i=1}^{n} x^{(i)}`,
  source: 'https://keras.io/api/layers/merging_layers/average/',
  group: 'merge',
  arity: [2, Infinity],
  infer: inferMerge,
  lower: (_scope, inputs) => mul(inputs.reduce((sum, input) => add(sum, input)), 1 / inputs.length),
})
