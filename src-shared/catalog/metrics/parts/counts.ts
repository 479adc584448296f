import { z } from 'zod'
import { concat, mul, oneHot, reduceSum, type Shape, type Tensor } from '@shared/graph'
import { field } from '../../definition'
import type { ModelOutput, TargetInfo } from '../../losses/loss'
import type { Misfit } from '../../losses/parts/targets'
import { classesMisfit, predictedClasses } from './classes'

/** Options of precision, recall and F1. */
export const averageOptions = {
  average: field(z.enum(['binary', 'macro', 'micro']).optional(), {
    en: '`binary`: of one class, against all others. `macro`: the mean over the classes. `micro`: from the counts of all classes together (with single labels all three metrics then equal the accuracy). Default: binary for two classes, macro for more.',
    'zh-CN': '`binary`：只看某一类，其余视为反类。`macro`：对各类取平均。`micro`：先合计各类的计数再求值（单标签时三种指标都等于准确率）。默认：两类时为 binary，多类时为 macro。',
  }),
  positiveClass: field(z.int().min(0).default(1), {
    en: 'The class that `binary` looks at, counted from 0.',
    'zh-CN': '`binary` 所考察的类别，从 0 计数。',
    symbol: 'c',
  }),
  threshold: field(z.number().min(0).max(1).default(0.5), {
    en: 'With a single output: values above it mean class 1.',
    'zh-CN': '只有一个输出时：大于该值判为类别 1。',
  }),
}

export interface AverageOptions {
  readonly average?: 'binary' | 'macro' | 'micro'
  readonly positiveClass: number
}

/** `precision`, and `precisionMacro`, `precisionClass3` where an average is asked for: several may stand side by side. */
export function averageKey(type: string, { average, positiveClass }: AverageOptions): string {
  switch (average) {
    case undefined:
      return positiveClass === 1 ? type : `${type}Class${positiveClass}`
    case 'binary':
      return `${type}Class${positiveClass}`
    case 'macro':
      return `${type}Macro`
    case 'micro':
      return `${type}Micro`
  }
}

/** As {@link classesMisfit}, and whether the class that is looked at is one of them. */
export function countsMisfit(target: TargetInfo, outputShape: Shape, end?: { readonly options: AverageOptions }): Misfit {
  const found = classesMisfit(target, outputShape)
  if (found !== null || end === undefined || target.kind !== 'class') return found
  const { positiveClass, average = usualAverage(target.classes) } = end.options
  return average === 'binary' && positiveClass >= target.classes ? { code: 'metric-positive-class', args: { positiveClass, classes: target.classes, last: target.classes - 1 } } : null
}

function usualAverage(classes: number): 'binary' | 'macro' {
  return classes === 2 ? 'binary' : 'macro'
}

/** One class's samples: predicted and true, predicted, true. */
export interface ClassCounts {
  readonly hits: number
  readonly predicted: number
  readonly actual: number
}

/** Sums of hits, predictions and members of every class, `[3 · classes]`. */
export function countClasses(model: ModelOutput, target: Tensor, info: TargetInfo, threshold: number): Tensor {
  const classes = classesOf(info)
  const predicted = oneHot(predictedClasses(model, threshold), classes)
  const actual = oneHot(target, classes)
  const total = (rows: Tensor): Tensor => reduceSum(rows, { axes: [0] })
  return concat([total(mul(predicted, actual)), total(predicted), total(actual)], 0)
}

/** A score of the counts, averaged as the options say. */
export function averageScore(sums: Float64Array, info: TargetInfo, { average, positiveClass }: AverageOptions, score: (counts: ClassCounts) => number): Float64Array {
  const classes = classesOf(info)
  const counts = Array.from({ length: classes }, (_, at) => ({ hits: sums[at], predicted: sums[classes + at], actual: sums[2 * classes + at] }))
  switch (average ?? usualAverage(classes)) {
    case 'binary':
      return Float64Array.of(score(counts[positiveClass]))
    case 'macro':
      return Float64Array.of(counts.reduce((sum, each) => sum + score(each), 0) / classes)
    case 'micro':
      return Float64Array.of(
        score(counts.reduce((all, each) => ({ hits: all.hits + each.hits, predicted: all.predicted + each.predicted, actual: all.actual + each.actual }))),
      )
  }
}

/** Division in which nothing of nothing is 0, as in scikit-learn. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function classesOf(info: TargetInfo): number {
  if (info.kind !== 'class') throw new Error('a class metric was lowered for numeric targets')
  return info.classes
}
