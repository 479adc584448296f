import { z } from 'zod'
import { add, constantTensor, matmul, mul, reshape, softmax, transpose, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineLayer, type LayerScope } from './layer'
import { dropMask } from './parts/dropping'
import { kernelOptions } from './parts/options'
import { problem } from './parts/problems'
import { projectRows, sequenceProblem } from './parts/sequence'

/** Added to the scores of later steps: e to that power is 0. */
const MASKED = -1e9

interface ProjectionOptions {
  readonly useBias: boolean
  readonly kernelInitializer: { readonly type: string }
  readonly biasInitializer: { readonly type: string }
  readonly kernelRegularizer?: { readonly type: string }
  readonly biasRegularizer?: { readonly type: string }
}

/** x W + b of the last axis, with weights `<name>Kernel` `[in, out]` and `<name>Bias`. */
function projection(scope: LayerScope, name: string, x: Tensor, fanOut: number, options: ProjectionOptions): Tensor {
  const fanIn = x.shape[x.shape.length - 1]
  const fans = { fanIn, fanOut }
  const kernel = scope.weight({ name: `${name}Kernel`, shape: [fanIn, fanOut], initializer: options.kernelInitializer, role: 'kernel', ...fans, regularizer: options.kernelRegularizer })
  if (!options.useBias) return projectRows(x, kernel)
  const bias = scope.weight({ name: `${name}Bias`, shape: [fanOut], initializer: options.biasInitializer, role: 'bias', ...fans, regularizer: options.biasRegularizer })
  return projectRows(x, kernel, (rows) => add(rows, bias))
}

/** 0 where a step may look, `[time, time]`. */
function causalMask(x: Tensor, steps: number): Tensor {
  const data = Float32Array.from({ length: steps * steps }, (_, at) => (at % steps > Math.floor(at / steps) ? MASKED : 0))
  return constantTensor(x.graph, data, [steps, steps], 'float32')
}

const { useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer } = kernelOptions

export const multiHeadAttention = defineLayer({
  type: 'multiHeadAttention',
  options: z.object({
    heads: field(z.int().min(1).default(4), {
      en: 'Number of heads that attend independently.',
      'zh-CN': '各自独立计算注意力的头数。',
      symbol: 'h',
      unit: 'heads',
    }),
    headSize: field(z.int().min(1).optional(), {
      en: 'Features of a head’s queries, keys and values (Keras’s key_dim). Default: input features / heads, as in PyTorch.',
      'zh-CN': '每个头的查询、键、值的特征数（即 Keras 的 key_dim）。默认：输入特征数 / 头数（同 PyTorch）。',
      symbol: 'd',
      unit: 'features',
    }),
    causal: field(z.boolean().default(false), {
      en: 'Every step sees itself and earlier steps only, as a model needs that predicts what comes next.',
      'zh-CN': '每个时间步只能看到自己及之前的时间步，预测后续内容的模型需要如此。',
    }),
    dropout: field(z.number().min(0).lt(1).default(0), {
      en: 'Fraction of the attention weights set to zero in each training step.',
      'zh-CN': '训练时每一步中置零的注意力权重比例。',
    }),
    useBias,
    kernelInitializer,
    biasInitializer,
    kernelRegularizer,
    biasRegularizer,
  }),
  title: { en: 'Multi-head attention', 'zh-CN': '多头注意力' },
  help: {
    en: 'Self-attention on [time, features]: every step asks (query) all steps (keys) how much they matter to it and takes the mean of their values, weighted so; several heads side by side, then a projection back to the input’s features.',
    'zh-CN': '作用于 [时间, 特征] 的自注意力：每个时间步用查询与所有时间步的键比较其重要性，并按此权重对它们的值取平均；多个头并行计算，最后投影回输入的特征数。',
  },
  formula: String.raw`Y = \operatorname{concat}_{i \le h}\Big(\operatorname{softmax}\Big(\frac{Q_i K_i^\top}{\sqrt{d}}\Big) V_i\Big) W_O, \quad Q_i = X W_{Q i},\ K_i = X W_{K i},\ V_i = X W_{V i}`,
  source: 'Vaswani et al., Attention Is All You Need, NeurIPS 2017, section 3.2.2; https://pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html',
  group: 'sequence',
  arity: [1, 1],
  infer: ([shape], { heads, headSize }) => {
    const misplaced = sequenceProblem(shape)
    if (misplaced) return misplaced
    if (headSize === undefined && shape[1] % heads !== 0) return problem('layer-attention-heads', { heads, features: shape[1] }, 'heads')
    return { shape }
  },
  lower: (scope, [x], { heads, headSize, causal, dropout, ...options }) => {
    const [batch, steps, features] = x.shape
    const size = headSize ?? features / heads
    const width = heads * size
    const split = (name: string): Tensor => transpose(reshape(projection(scope, name, x, width, options), [batch, steps, heads, size]), [0, 2, 1, 3])
    const [query, key, value] = ['query', 'key', 'value'].map(split)
    const scores = matmul(mul(query, 1 / Math.sqrt(size)), key, { transposeB: true })
    const weights = softmax(causal ? add(scores, causalMask(x, steps)) : scores)
    const kept = scope.training && dropout > 0 ? mul(weights, dropMask(scope, weights.shape, dropout)) : weights
    const attended = reshape(transpose(matmul(kept, value), [0, 2, 1, 3]), [batch, steps, width])
    return projection(scope, 'output', attended, features, options)
  },
})
