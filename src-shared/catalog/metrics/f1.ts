import { z } from 'zod'
import { defineMetric } from './metric'
import { averageKey, averageOptions, averageScore, countClasses, countsMisfit, ratio } from './parts/counts'

export const f1 = defineMetric({
  type: 'f1',
  options: z.object(averageOptions),
  title: { en: 'F1 score', 'zh-CN': 'F1 分数' },
  help: {
    en: 'Harmonic mean of precision and recall: high only where both are. 0 where a class is neither present nor predicted.',
    'zh-CN': '精确率与召回率的调和平均：二者都高时才高。某类既不存在也未被预测时为 0。',
  },
  formula: String.raw`F_{1,c} = \frac{2\,\mathrm{TP}_c}{2\,\mathrm{TP}_c + \mathrm{FP}_c + \mathrm{FN}_c}`,
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html',
  better: 'higher',
  result: 'scalar',
  key: (options) => averageKey('f1', options),
  check: countsMisfit,
  lower: (model, target, info, { threshold }) => countClasses(model, target, info, threshold),
  finish: (sums, _count, info, options) => averageScore(sums, info, options, ({ hits, predicted, actual }) => ratio(2 * hits, predicted + actual)),
})
