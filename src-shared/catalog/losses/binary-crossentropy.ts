import { z } from 'zod'
import { add, log, mul, neg, sizeOf, softplus, sub, type Shape, type Tensor } from '@shared/graph'
import { sampleMean } from '../axes'
import { field } from '../definition'
import { defineLoss, type TargetInfo } from './loss'
import { clipProbability } from './parts/clip'
import { probabilitiesMisfit } from './parts/probabilities'
import { smoothed, smoothingField } from './parts/smoothing'
import { targetValues, valuesMisfit, type Misfit } from './parts/targets'

function misfit(target: TargetInfo, outputShape: Shape): Misfit {
  const found = valuesMisfit(target, outputShape)
  if (found === null || target.kind === 'value') return found
  const code = target.classes === 2 ? 'loss-binary-outputs' : 'loss-binary-classes'
  return { code, args: { outputs: sizeOf(outputShape), classes: target.classes } }
}

/** −y ln σ(z) − (1 − y) ln(1 − σ(z)): no digits are lost at either end, and the gradient is σ(z) − y. */
function onLogits(logits: Tensor, target: Tensor): Tensor {
  return add(mul(target, softplus(neg(logits))), mul(sub(1, target), softplus(logits)))
}

function onProbabilities(output: Tensor, target: Tensor): Tensor {
  const probability = clipProbability(output)
  return neg(add(mul(target, log(probability)), mul(sub(1, target), log(sub(1, probability)))))
}

export const binaryCrossentropy = defineLoss({
  type: 'binaryCrossentropy',
  options: z.object({
    fromLogits: field(z.boolean().default(false), {
      en: 'The model’s outputs are logits although it does not end in a sigmoid; metrics then see the probabilities. A final sigmoid is always fused, whatever this says.',
      'zh-CN': '模型末尾没有 sigmoid，其输出即为 logits；指标则按概率计算。若末尾有 sigmoid，则无论此项如何都会与损失合并计算。',
    }),
    labelSmoothing: smoothingField,
  }),
  title: { en: 'Binary cross-entropy', 'zh-CN': '二元交叉熵' },
  help: {
    en: 'For two classes and one sigmoid output, or for several independent yes/no outputs (averaged). Computed on the input of the final sigmoid; other outputs are taken as probabilities and clipped to [1e-7, 1 − 1e-7].',
    'zh-CN': '用于两个类别、一个 sigmoid 输出，或多个相互独立的是/否输出（取平均）。在末尾 sigmoid 的输入上计算；其他输出视为概率，并截断到 [1e-7, 1 − 1e-7]。',
  },
  formula: String.raw`\begin{aligned} \ell &= -\frac{1}{n} \sum_{i=1}^{n} \left[ \tilde y_i \ln \sigma(z_i) + (1 - \tilde y_i) \ln(1 - \sigma(z_i)) \right] \\ \tilde y &= (1 - \varepsilon)\, y + \tfrac{\varepsilon}{2} \end{aligned}`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html; https://keras.io/api/losses/probabilistic_losses/#binarycrossentropy-class (clipping); Szegedy et al., Rethinking the Inception Architecture, CVPR 2016, section 7 (label smoothing)',
  activation: 'sigmoid',
  check: (target, outputShape, end) => misfit(target, outputShape) ?? probabilitiesMisfit('loss-needs-probabilities', 'sigmoid', end),
  lower: ({ output, logits }, target, info, { fromLogits, labelSmoothing }) => {
    const values = smoothed(targetValues(output, target, info), labelSmoothing, 2)
    if (logits?.activation === 'sigmoid') return sampleMean(onLogits(logits.tensor, values))
    return sampleMean(fromLogits ? onLogits(output, values) : onProbabilities(output, values))
  },
})
