import { z } from 'zod'
import { add as addOf } from '@shared/graph'
import { defineLayer } from './layer'
import { inferMerge } from './parts/merging'

export const add = defineLayer({
  type: 'add',
  options: z.object({}),
  title: { en: 'Add', 'zh-CN': '相加' },
  help: {
    en: 'Adds inputs of one shape element by element: the end of a residual block.',
    'zh-CN': '把形状相同的各输入逐元素相加，用于残差块的末端。',
  },
  formula: String.raw`y = \sum_i x^{(i)}`,
  source: 'He et al., Deep Residual Learning for Image Recognition, CVPR 2016, eq. 1',
  group: 'merge',
  arity: [2, Infinity],
  infer: inferMerge,
  lower: (_scope, inputs) => inputs.reduce((sum, input) => addOf(sum, input)),
})
