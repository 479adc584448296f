import { z } from 'zod'
import { abs, sub } from '@shared/graph'
import { sampleMean } from '../axes'
import { defineLoss } from './loss'
import { targetValues, valuesMisfit } from './parts/targets'

export const meanAbsoluteError = defineLoss({
  type: 'meanAbsoluteError',
  options: z.object({}),
  title: { en: 'Mean absolute error', 'zh-CN': '平均绝对误差' },
  help: {
    en: 'Absolute difference, averaged over the outputs: outliers pull less than with the squared error. The derivative at 0 is 0.',
    'zh-CN': '差的绝对值，对各输出取平均；与均方误差相比受离群值影响较小。在 0 处的导数取 0。',
  },
  formula: String.raw`\ell = \frac{1}{n} \sum_{i=1}^{n} |\hat y_i - y_i|`,
  source: 'https://keras.io/api/losses/regression_losses/#meanabsoluteerror-class',
  check: valuesMisfit,
  lower: ({ output }, target, info) => sampleMean(abs(sub(output, targetValues(output, target, info)))),
})
