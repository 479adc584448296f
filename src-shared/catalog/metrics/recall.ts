import { z } from 'zod'
import { defineMetric } from './metric'
import { averageKey, averageOptions, averageScore, countClasses, countsMisfit, ratio } from './parts/counts'

export const recall = defineMetric({
  type: 'recall',
  options: z.object(averageOptions),
  title: { en: 'Recall', 'zh-CN': '召回率' },
  help: {
    en: 'Of the samples of a class, the fraction that were found. 0 where there is none.',
    'zh-CN': '某类的样本中被找出的比例；没有该类样本时为 0。',
  },
  formula: String.raw`R_c = \frac{\mathrm{TP}_c}{\mathrm{TP}_c + \mathrm{FN}_c}`,
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.recall_score.html',
  better: 'higher',
  result: 'scalar',
  key: (options) => averageKey('recall', options),
  check: countsMisfit,
  lower: (model, target, info, { threshold }) => countClasses(model, target, info, threshold),
  finish: (sums, _count, info, options) => averageScore(sums, info, options, ({ hits, actual }) => ratio(hits, actual)),
})
