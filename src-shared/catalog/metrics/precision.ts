import { z } from 'zod'
import { defineMetric } from './metric'
import { averageKey, averageOptions, averageScore, countClasses, countsMisfit, ratio } from './parts/counts'

export const precision = defineMetric({
  type: 'precision',
  options: z.object(averageOptions),
  title: { en: 'Precision', 'zh-CN': '精确率' },
  help: {
    en: 'Of the samples predicted to be of a class, the fraction that are. 0 where none was predicted.',
    'zh-CN': '被预测为某类的样本中确属该类的比例；没有这样的预测时为 0。',
  },
  formula: String.raw`P_c = \frac{\mathrm{TP}_c}{\mathrm{TP}_c + \mathrm{FP}_c}`,
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_score.html',
  better: 'higher',
  result: 'scalar',
  key: (options) => averageKey('precision', options),
  check: countsMisfit,
  lower: (model, target, info, { threshold }) => countClasses(model, target, info, threshold),
  finish: (sums, _count, info, options) => averageScore(sums, info, options, ({ hits, predicted }) => ratio(hits, predicted)),
})
