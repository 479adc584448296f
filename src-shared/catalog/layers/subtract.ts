import { z } from 'zod'
import { sub } from '@shared/graph'
import { defineLayer } from './layer'
import { inferMerge } from './parts/merging'

export const subtract = defineLayer({
  type: 'subtract',
  options: z.object({}),
  title: { en: 'Subtract', 'zh-CN': '相减' },
  help: {
    en: 'Takes the second input from the first, element by element; both have one shape.',
    'zh-CN': '从第一个输入逐元素减去第二个输入；二者形状相同。',
  },
  formula: String.raw`y = x^{(1)} - x^{(2)}`,
  source: 'https://keras.io/api/layers/merging_layers/subtract/',
  group: 'merge',
  arity: [2, 2],
  infer: inferMerge,
  lower: (_scope, [first, second]) => sub(first, second),
})
