import { z } from 'zod'
import { reduceMax } from '@shared/graph'
import { defineLayer } from './layer'
import { sequenceProblem } from './parts/sequence'

export const globalMaxPooling1d = defineLayer({
  type: 'globalMaxPooling1d',
  options: z.object({}),
  title: { en: 'Global max pooling 1D', 'zh-CN': '一维全局最大池化' },
  help: {
    en: 'The largest value of every feature over time: turns a sequence [time, features] into a vector [features]. Ties share the gradient.',
    'zh-CN': '对每个特征取时间上的最大值：把序列 [时间, 特征] 变为向量 [特征]。并列最大值平分梯度。',
  },
  formula: String.raw`y_c = \max_{t} x_{t c}`,
  source: 'https://keras.io/api/layers/pooling_layers/global_max_pooling1d/',
  group: 'pooling',
  arity: [1, 1],
  infer: ([shape]) => sequenceProblem(shape) ?? { shape: [shape[1]] },
  lower: (_scope, [x]) => reduceMax(x, { axes: [1], keepDims: false }),
})
