import { z } from 'zod'
import { cast, gather, maximum, minimum } from '@shared/graph'
import { field } from '../definition'
import { initializerSchema } from '../initializers'
import { regularizerSchema } from '../regularizers'
import { defineLayer } from './layer'
import { problem, shown } from './parts/problems'

export const embedding = defineLayer({
  type: 'embedding',
  options: z.object({
    inputDim: field(z.int().min(1), {
      en: 'Size of the vocabulary: the input holds numbers 0 … inputDim − 1 (others are taken as the nearest of these).',
      'zh-CN': '词表大小：输入为 0 … inputDim − 1 的编号（超出范围的取最近的编号）。',
      symbol: 'n',
      unit: 'entries',
    }),
    outputDim: field(z.int().min(1), { en: 'Length of the vector of each entry.', 'zh-CN': '每个编号对应的向量长度。', symbol: 'd', unit: 'features' }),
    embeddingsInitializer: field(initializerSchema.prefault({ type: 'uniform' }), {
      en: 'How the vectors start. Default: uniform in ±0.05, as in Keras; PyTorch draws from the standard normal distribution.',
      'zh-CN': '向量的初始化方式。默认为 ±0.05 内的均匀分布（同 Keras）；PyTorch 取标准正态分布。',
    }),
    embeddingsRegularizer: field(regularizerSchema.optional(), {
      en: 'Penalty on the vectors, added to the objective.',
      'zh-CN': '加入目标函数的、针对这些向量的惩罚项。',
    }),
  }),
  title: { en: 'Embedding', 'zh-CN': '嵌入' },
  help: {
    en: 'A trained vector for each number: turns a sequence of character, word or category numbers [time] into [time, features].',
    'zh-CN': '为每个编号学习一个向量：把字符、词或类别编号的序列 [时间] 变为 [时间, 特征]。',
  },
  formula: String.raw`y_t = E_{x_t}, \quad E \in \mathbb{R}^{n \times d}`,
  source: 'https://keras.io/api/layers/core_layers/embedding/; https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html',
  group: 'sequence',
  arity: [1, 1],
  infer: ([shape], { outputDim }) => (shape.length === 1 ? { shape: [shape[0], outputDim] } : problem('layer-needs-numbers', { shape: shown(shape) })),
  lower: (scope, [x], { inputDim, outputDim, embeddingsInitializer, embeddingsRegularizer }) => {
    const embeddings = scope.weight({
      name: 'embeddings',
      shape: [inputDim, outputDim],
      initializer: embeddingsInitializer,
      role: 'kernel',
      fanIn: inputDim,
      fanOut: outputDim,
      regularizer: embeddingsRegularizer,
    })
    return gather(embeddings, cast(minimum(maximum(x, 0), inputDim - 1), 'int32'))
  },
})
