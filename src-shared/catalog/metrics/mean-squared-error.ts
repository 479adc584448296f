import { z } from 'zod'
import { reshape } from '@shared/graph'
import { sumAll } from '../axes'
import { meanSquaredError as loss } from '../losses/mean-squared-error'
import { valuesMisfit } from '../losses/parts/targets'
import { defineMetric } from './metric'

export const meanSquaredError = defineMetric({
  type: 'meanSquaredError',
  options: z.object({}),
  title: { en: 'Mean squared error', 'zh-CN': '均方误差' },
  help: {
    en: 'Mean of the squared error, in squared units of the target as it was trained on.',
    'zh-CN': '误差平方的平均，单位为训练所用目标单位的平方。',
  },
  formula: String.raw`\frac{1}{N n} \sum_{i,j} (\hat y_{ij} - y_{ij})^2`,
  source: 'https://keras.io/api/metrics/regression_metrics/',
  better: 'lower',
  result: 'scalar',
  key: () => 'meanSquaredError',
  check: valuesMisfit,
  lower: (model, target, info) => reshape(sumAll(loss.lower(model, target, info, {})), [1]),
  finish: ([total], count) => Float64Array.of(total / count),
})
