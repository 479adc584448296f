import { z } from 'zod'
import { reshape } from '@shared/graph'
import { sumAll } from '../axes'
import { meanSquaredError } from '../losses/mean-squared-error'
import { valuesMisfit } from '../losses/parts/targets'
import { defineMetric } from './metric'

export const rootMeanSquaredError = defineMetric({
  type: 'rootMeanSquaredError',
  options: z.object({}),
  title: { en: 'Root mean squared error', 'zh-CN': '均方根误差' },
  help: {
    en: 'Root of the mean squared error: the usual size of an error, in units of the target as it was trained on.',
    'zh-CN': '均方误差的平方根：误差的典型大小，单位与训练所用的目标相同。',
  },
  formula: String.raw`\sqrt{\frac{1}{N n} \sum_{i,j} (\hat y_{ij} - y_{ij})^2}`,
  source: 'https://keras.io/api/metrics/regression_metrics/',
  better: 'lower',
  result: 'scalar',
  key: () => 'rootMeanSquaredError',
  check: valuesMisfit,
  lower: (model, target, info) => reshape(sumAll(meanSquaredError.lower(model, target, info, {})), [1]),
  finish: ([total], count) => Float64Array.of(Math.sqrt(total / count)),
})
