import { z } from 'zod'
import { reduceMean } from '@shared/graph'
import { defineLayer } from './layer'
import { sequenceProblem } from './parts/sequence'

export const globalAveragePooling1d = defineLayer({
  type: 'globalAveragePooling1d',
  options: z.object({}),
  title: { en: 'Global average pooling 1D', 'zh-CN': '一维全局平均池化' },
  help: {
    en: 'The mean of every feature over time: turns a sequence [time, features] into a vector [features], whatever its length.',
    'zh-CN': '对每个特征在时间上取平均：把任意长度的序列 [时间, 特征] 变为向量 [特征]。',
  },
  formula: String.raw`y_c = \frac{1}{n} \sum_{t} x_{t c}`,
  source: 'https://keras.io/api/layers/pooling_layers/global_average_pooling1d/',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape]) => sequenceProblem(shape) ?? { shape: [shape[1]] },
  lower: (_scope, [x]) => reduceMean(x, { axes: [1] }),
})
