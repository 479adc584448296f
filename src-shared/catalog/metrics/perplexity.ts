import { z } from 'zod'
import { reshape, sizeOf, type Shape, type Tensor } from '@shared/graph'
import { sumAll } from '../axes'
import { field } from '../definition'
import { binaryCrossentropy } from '../losses/binary-crossentropy'
import { categoricalCrossentropy } from '../losses/categorical-crossentropy'
import type { LossDefinition, ModelEnd, TargetInfo } from '../losses/loss'
import { probabilitiesMisfit } from '../losses/parts/probabilities'
import type { Misfit } from '../losses/parts/targets'
import { defineMetric } from './metric'
import { classesMisfit } from './parts/classes'

/** Cross-entropy of one output per class, or of one output for two classes. */
function crossentropyOf(output: Tensor): LossDefinition {
  return sizeOf(output.shape) > output.shape[0] ? categoricalCrossentropy : binaryCrossentropy
}

function misfit(target: TargetInfo, outputShape: Shape, end?: ModelEnd & { readonly options: { readonly fromLogits: boolean } }): Misfit {
  return classesMisfit(target, outputShape) ?? probabilitiesMisfit('metric-needs-probabilities', sizeOf(outputShape) > 1 ? 'softmax' : 'sigmoid', end)
}

export const perplexity = defineMetric({
  type: 'perplexity',
  options: z.object({
    fromLogits: field(z.boolean().default(false), {
      en: 'The model’s outputs are logits although it does not end in a softmax or sigmoid. Not needed where the loss’s own fromLogits says so.',
      'zh-CN': '模型末尾没有 softmax 或 sigmoid，其输出即为 logits。若损失函数的同名选项已打开，则无需设置。',
    }),
  }),
  title: { en: 'Perplexity', 'zh-CN': '困惑度' },
  help: {
    en: 'Of how many equally likely classes the model would be as unsure: e to the power of the mean cross-entropy. 1 is perfect, the number of classes is a guess. The usual measure of language models; label smoothing has no part in it.',
    'zh-CN': '模型的不确定程度相当于在多少个等可能类别中猜测：平均交叉熵的 e 次幂。1 为完美，等于类别数则与瞎猜无异。语言模型的常用指标；不含标签平滑。',
  },
  formula: String.raw`\exp\left( -\frac{1}{N} \sum_{i=1}^{N} \ln \hat y_{i y_i} \right)`,
  source: 'Jelinek, Mercer, Bahl, Baker: Perplexity – a Measure of the Difficulty of Speech Recognition Tasks, JASA 62, 1977; https://keras.io/keras_hub/api/metrics/perplexity/',
  better: 'lower',
  result: 'scalar',
  key: () => 'perplexity',
  check: misfit,
  lower: (model, target, info, { fromLogits }) => reshape(sumAll(crossentropyOf(model.output).lower(model, target, info, { fromLogits, labelSmoothing: 0 })), [1]),
  finish: ([total], count) => Float64Array.of(Math.exp(total / count)),
})
