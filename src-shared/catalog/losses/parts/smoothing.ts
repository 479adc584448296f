import { z } from 'zod'
import { add, mul, type Tensor } from '@shared/graph'
import { field } from '../../definition'

/** Option of the losses of classifiers. */
export const smoothingField = field(z.number().min(0).lt(1).default(0), {
  en: 'Share of every target that is spread evenly over the classes: ε/K to each of K (two for a yes/no output), as in Keras and PyTorch. Also part of the loss in evaluation, as there.',
  'zh-CN': '每个目标中平均分给各类别的份额：K 个类别各得 ε/K（是/否输出视为两类），与 Keras、PyTorch 一致。评估时的损失同样如此。',
  symbol: String.raw`\varepsilon`,
})

/** (1 − ε)·y + ε/K. */
export function smoothed(target: Tensor, smoothing: number, classes: number): Tensor {
  return smoothing === 0 ? target : add(mul(target, 1 - smoothing), smoothing / classes)
}
