import { z } from 'zod'
import { reshape } from '@shared/graph'
import { sumAll } from '../axes'
import { meanAbsoluteError as loss } from '../losses/mean-absolute-error'
import { valuesMisfit } from '../losses/parts/targets'
import { defineMetric } from './metric'

export const meanAbsoluteError = defineMetric({
  type: 'meanAbsoluteError',
  options: z.object({}),
  title: { en: 'Mean absolute error', 'zh-CN': '平均绝对误差' },
  help: {
    en: 'Mean size of the error, in units of the target as it was trained on.',
    'zh-CN': '误差绝对值的平均，单位与训练所用的目标相同。',
  },
  formula: String.raw`\frac{1}{N n} \sum_{i,j} |\hat y_{ij} - y_{ij}|`,
  source: 'https://keras.io/api/metrics/regression_metrics/',
  better: 'lower',
  result: 'scalar',
  key: () => 'meanAbsoluteError',
  check: valuesMisfit,
  lower: (model, target, info) => reshape(sumAll(loss.lower(model, target, info, {})), [1]),
  finish: ([total], count) => Float64Array.of(total / count),
})
