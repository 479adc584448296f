import { z } from 'zod'
import { concat, constantTensor, mul, reduceSum, reshape, sizeOf, sub, type Shape, type Tensor } from '@shared/graph'
import type { TargetInfo } from '../losses/loss'
import { targetValues, valuesMisfit, type Misfit } from '../losses/parts/targets'
import { defineMetric } from './metric'

function misfit(target: TargetInfo, outputShape: Shape): Misfit {
  return target.kind === 'class' ? { code: 'metric-needs-values', args: { classes: target.classes } } : valuesMisfit(target, outputShape)
}

/** What is left of a sum of squares without their mean's is rounding below this share of it: float32 has 24 bits, of which
 *  adding up the 2⁸ rows of an evaluation's batch may lose 8. */
const ROUNDING = 2 ** -16

/** 1 for no error; 0 where the target does not vary but the error does, as in scikit-learn. */
function determination(residual: number, total: number): number {
  if (residual === 0) return 1
  return total === 0 ? 0 : 1 - residual / total
}

function constantVector(beside: Tensor, values: readonly number[]): Tensor {
  return constantTensor(beside.graph, Float32Array.from(values), [values.length], 'float32')
}

export const r2 = defineMetric({
  type: 'r2',
  options: z.object({}),
  title: { en: 'R²', 'zh-CN': 'R²（决定系数）' },
  help: {
    en: 'Fraction of the target’s variance that the model explains: 1 is perfect, 0 no better than the mean, below 0 worse. With several outputs, their mean.',
    'zh-CN': '模型所解释的目标方差比例：1 为完美，0 相当于只预测均值，小于 0 则更差。多个输出时取平均。',
  },
  formula: String.raw`R^2 = 1 - \frac{\sum_i (\hat y_i - y_i)^2}{\sum_i (y_i - \bar y)^2}`,
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html',
  better: 'higher',
  result: 'scalar',
  key: () => 'r2',
  check: misfit,
  /** Per output: squared errors, targets, squared targets; targets are taken from their training means. */
  lower: ({ output }, target, info) => {
    const batch = output.shape[0]
    const rows = (x: Tensor): Tensor => reshape(x, [batch, sizeOf(x.shape) / batch])
    const truth = rows(targetValues(output, target, info))
    const error = sub(rows(output), truth)
    const moved = info.kind === 'value' && info.means !== undefined ? sub(truth, constantVector(truth, info.means)) : truth
    const total = (x: Tensor): Tensor => reduceSum(x, { axes: [0] })
    return concat([total(mul(error, error)), total(moved), total(mul(moved, moved))], 0)
  },
  finish: (sums, count) => {
    const outputs = sums.length / 3
    let sum = 0
    for (let at = 0; at < outputs; at++) {
      const mean = sums[outputs + at] / count
      const squares = sums[2 * outputs + at]
      const total = squares - count * mean * mean
      sum += determination(sums[at], total > squares * ROUNDING ? total : 0)
    }
    return Float64Array.of(sum / outputs)
  },
})
