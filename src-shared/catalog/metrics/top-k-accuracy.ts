import { z } from 'zod'
import { cast, greater, greaterEqual, logicalNot, mul, oneHot, reduceSum, reshape, sizeOf, type Shape } from '@shared/graph'
import { sumAll } from '../axes'
import { field } from '../definition'
import type { TargetInfo } from '../losses/loss'
import type { Misfit } from '../losses/parts/targets'
import { defineMetric } from './metric'
import { classesMisfit, scoresOf } from './parts/classes'

/** One output per class: a single output has no ranks. */
function misfit(target: TargetInfo, outputShape: Shape): Misfit {
  const found = classesMisfit(target, outputShape)
  if (found !== null || target.kind !== 'class' || sizeOf(outputShape) > 1) return found
  return { code: 'metric-top-k-binary', args: { classes: target.classes } }
}

export const topKAccuracy = defineMetric({
  type: 'topKAccuracy',
  options: z.object({
    k: field(z.int().min(1).default(5), {
      en: 'How many of the largest outputs may hold the true class.',
      'zh-CN': '真实类别落在最大的前 k 个输出之内即算正确。',
      symbol: 'k',
      unit: 'classes',
    }),
  }),
  title: { en: 'Top-k accuracy', 'zh-CN': '前 k 准确率' },
  help: {
    en: 'Fraction of samples whose true class is among the k largest outputs. Outputs equal to the true one do not count against it.',
    'zh-CN': '真实类别位于最大的 k 个输出之中的样本比例。与真实类别输出相等者不计为更大。',
  },
  formula: String.raw`\frac{1}{N} \sum_{i=1}^{N} \left[ \left|\{ c : \hat y_{ic} > \hat y_{i y_i} \}\right| < k \right]`,
  source: 'https://keras.io/api/metrics/accuracy_metrics/#topkcategoricalaccuracy-class',
  better: 'higher',
  result: 'scalar',
  key: ({ k }) => `top${k}Accuracy`,
  check: misfit,
  lower: (model, target, _info, { k }) => {
    const scores = scoresOf(model)
    const truth = reduceSum(mul(scores, oneHot(target, scores.shape[1])), { axes: [1], keepDims: true })
    // "Not at most" instead of "more than": a score that is not a number ranks above the true one.
    const rank = reduceSum(cast(logicalNot(greaterEqual(truth, scores)), 'float32'), { axes: [1] })
    return reshape(sumAll(cast(greater(k - 0.5, rank), 'float32')), [1])
  },
  finish: ([correct], count) => Float64Array.of(correct / count),
})
