import { z } from 'zod'
import { matmul, oneHot, reshape } from '@shared/graph'
import { field } from '../definition'
import { defineMetric } from './metric'
import { classesMisfit, predictedClasses } from './parts/classes'

export const confusionMatrix = defineMetric({
  type: 'confusionMatrix',
  options: z.object({
    threshold: field(z.number().min(0).max(1).default(0.5), {
      en: 'With a single output: values above it mean class 1.',
      'zh-CN': '只有一个输出时：大于该值判为类别 1。',
    }),
  }),
  title: { en: 'Confusion matrix', 'zh-CN': '混淆矩阵' },
  help: {
    en: 'How many samples of each class (rows) were predicted as which class (columns).',
    'zh-CN': '各真实类别（行）的样本被预测为各类别（列）的数量。',
  },
  formula: String.raw`C_{ab} = \left|\{ i : y_i = a,\ \arg\max_c \hat y_{ic} = b \}\right|`,
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html',
  better: null,
  result: 'matrix',
  key: () => 'confusionMatrix',
  check: classesMisfit,
  lower: (model, target, info, { threshold }) => {
    if (info.kind !== 'class') throw new Error('a class metric was lowered for numeric targets')
    const predicted = oneHot(predictedClasses(model, threshold), info.classes)
    return reshape(matmul(oneHot(target, info.classes), predicted, { transposeA: true }), [info.classes * info.classes])
  },
  finish: (sums) => Float64Array.from(sums),
})
