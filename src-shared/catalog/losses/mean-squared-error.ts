import { z } from 'zod'
import { mul, sub } from '@shared/graph'
import { sampleMean } from '../axes'
import { defineLoss } from './loss'
import { targetValues, valuesMisfit } from './parts/targets'

export const meanSquaredError = defineLoss({
  type: 'meanSquaredError',
  options: z.object({}),
  title: { en: 'Mean squared error', 'zh-CN': '均方误差' },
  help: {
    en: 'The usual loss of regression: squared difference, averaged over the outputs. Class labels are taken as one-hot rows, or as 0 and 1 for a single output.',
    'zh-CN': '回归的常用损失：差的平方，对各输出取平均。类别标签按独热向量处理；只有一个输出时按 0 和 1 处理。',
  },
  formula: String.raw`\ell = \frac{1}{n} \sum_{i=1}^{n} (\hat y_i - y_i)^2`,
  source: 'https://keras.io/api/losses/regression_losses/#meansquarederror-class',
  check: valuesMisfit,
  lower: ({ output }, target, info) => {
    const error = sub(output, targetValues(output, target, info))
    return sampleMean(mul(error, error))
  },
})
