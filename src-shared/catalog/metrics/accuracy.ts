import { z } from 'zod'
import { cast, equal, reshape } from '@shared/graph'
import { sumAll } from '../axes'
import { field } from '../definition'
import { defineMetric } from './metric'
import { classesMisfit, predictedClasses } from './parts/classes'

export const accuracy = defineMetric({
  type: 'accuracy',
  options: z.object({
    threshold: field(z.number().min(0).max(1).default(0.5), {
      en: 'With a single output: values above it mean class 1.',
      'zh-CN': '只有一个输出时：大于该值判为类别 1。',
    }),
  }),
  title: { en: 'Accuracy', 'zh-CN': '准确率' },
  help: {
    en: 'Fraction of samples whose predicted class is the true one: the class with the largest output, or class 1 where a single output lies above the threshold.',
    'zh-CN': '预测类别正确的样本比例：取输出最大的类别；只有一个输出时，大于阈值判为类别 1。',
  },
  formula: String.raw`\frac{1}{N} \sum_{i=1}^{N} \left[ \arg\max_c \hat y_{ic} = y_i \right]`,
  source: 'https://keras.io/api/metrics/accuracy_metrics/',
  better: 'higher',
  result: 'scalar',
  key: () => 'accuracy',
  check: classesMisfit,
  lower: (model, target, _info, { threshold }) => reshape(sumAll(cast(equal(predictedClasses(model, threshold), target), 'float32')), [1]),
  finish: ([correct], count) => Float64Array.of(correct / count),
})
