import { z } from 'zod'
import { div, log, logSoftmax, mul, neg, oneHot, reduceSum, sameShape, sizeOf, type Shape, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineLoss, type TargetInfo } from './loss'
import { clipProbability } from './parts/clip'
import { probabilitiesMisfit } from './parts/probabilities'
import { smoothed, smoothingField } from './parts/smoothing'
import { shown, type Misfit } from './parts/targets'

function misfit(target: TargetInfo, outputShape: Shape): Misfit {
  const outputs = sizeOf(outputShape)
  if (target.kind === 'value') {
    if (sameShape(target.shape, outputShape) && outputShape.length === 1 && outputs > 1) return null
    return { code: 'loss-categorical-target', args: { output: shown(outputShape), target: shown(target.shape), names: target.names.join(', ') } }
  }
  if (outputShape.length !== 1) return { code: 'loss-categorical-shape', args: { output: shown(outputShape), classes: target.classes } }
  if (outputs === target.classes) return null
  const code = outputs === 1 && target.classes === 2 ? 'loss-categorical-binary' : 'loss-categorical-outputs'
  return { code, args: { outputs, classes: target.classes } }
}

/** Logarithms of the class probabilities, `[batch, classes]`. */
function logProbabilities(probabilities: Tensor): Tensor {
  return log(clipProbability(div(probabilities, reduceSum(probabilities, { axes: [1], keepDims: true }))))
}

export const categoricalCrossentropy = defineLoss({
  type: 'categoricalCrossentropy',
  options: z.object({
    fromLogits: field(z.boolean().default(false), {
      en: 'The model’s outputs are logits although it does not end in a softmax (as with PyTorch’s CrossEntropyLoss); metrics then see the probabilities. A final softmax is always fused, whatever this says.',
      'zh-CN': '模型末尾没有 softmax，其输出即为 logits（与 PyTorch 的 CrossEntropyLoss 相同）；指标则按概率计算。若末尾有 softmax，则无论此项如何都会与损失合并计算。',
    }),
    labelSmoothing: smoothingField,
  }),
  title: { en: 'Categorical cross-entropy', 'zh-CN': '多类交叉熵' },
  help: {
    en: 'For classifiers with one output per class. Takes class labels or rows of class probabilities, as the data has them; also accepted as sparseCategoricalCrossentropy. Computed on the input of the final softmax; other outputs are taken as probabilities, divided by their sum and clipped to [1e-7, 1 − 1e-7].',
    'zh-CN': '用于每个类别对应一个输出的分类器。目标可以是类别标签或各类概率，由数据决定；也可写作 sparseCategoricalCrossentropy。在末尾 softmax 的输入上计算；其他输出视为概率，除以其和并截断到 [1e-7, 1 − 1e-7]。',
  },
  formula: String.raw`\ell = -\sum_{c=1}^{K} \left[ (1 - \varepsilon)\, y_c + \tfrac{\varepsilon}{K} \right] \ln \operatorname{softmax}(z)_c`,
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html; https://keras.io/api/losses/probabilistic_losses/#categoricalcrossentropy-class (clipping); Szegedy et al., Rethinking the Inception Architecture, CVPR 2016, section 7 (label smoothing)',
  activation: 'softmax',
  check: (target, outputShape, end) => misfit(target, outputShape) ?? probabilitiesMisfit('loss-needs-probabilities', 'softmax', end),
  lower: ({ output, logits }, target, info, { fromLogits, labelSmoothing }) => {
    const truth = smoothed(info.kind === 'class' ? oneHot(target, info.classes) : target, labelSmoothing, output.shape[1])
    const scores = logits?.activation === 'softmax' ? logits.tensor : fromLogits ? output : null
    const logProbability = scores === null ? logProbabilities(output) : logSoftmax(scores)
    return neg(reduceSum(mul(logProbability, truth), { axes: [1], keepDims: false }))
  },
})
