import { abs, add, div, maximum, mul, sub } from '@shared/graph'
import { beta1Field, beta2Field, epsilonField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule, type RuleCore } from './optimizer'
import { firstMoment, movedMoment } from './rules/adam'

type AdamaxOptions = Readonly<{ beta1: number; beta2: number; epsilon: number }>

/** 9 passes; `outside`: ÷ (u + ε) as Keras, `inside`: u from |g| + ε as PyTorch. */
function adamaxRule(placement: 'inside' | 'outside'): RuleCore<AdamaxOptions> {
  return {
    slots: ({ beta1 }) => [
      { name: 'm', initial: 0, scale: 1 - beta1 },
      { name: 'u', initial: 0, scale: 1 },
    ],
    cycles: 'beta1',
    scalars: ({ beta1 }, context): Readonly<Record<string, number>> => ({ rate: (context.learningRate * (1 - beta1)) / (1 - (context.momentum ?? beta1) ** context.step), ...movedMoment(beta1, context) }),
    update({ weight, gradient, slots, scalars }, { beta1, beta2, epsilon }) {
      const m = firstMoment(slots.m, gradient, beta1, scalars)
      const size = placement === 'inside' ? add(abs(gradient), epsilon) : abs(gradient)
      const u = maximum(mul(slots.u, beta2), size)
      const divisor = placement === 'inside' ? u : add(u, epsilon)
      return { weight: sub(weight, mul(div(m, divisor), scalars.rate)), slots: { m, u } }
    },
  }
}

const keras: DialectRule<AdamaxOptions> = {
  ...adamaxRule('outside'),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1) g, \quad u \leftarrow \max(\beta_2 u, |g|) \\
w &\leftarrow w - \frac{\eta}{1 - \beta_1^t} \, \frac{m}{u + \epsilon}
\end{aligned}`,
  source: 'Keras 3, keras/src/optimizers/adamax.py',
  note: {
    en: 'ε is added when dividing. Differs from PyTorch only where gradients are about as small as ε, and in the default rate. A rate drop takes effect at once.',
    'zh-CN': 'ε 在相除时加入。仅当梯度小到与 ε 相当时才与 PyTorch 不同，此外默认学习率不同。学习率下降立即生效。',
  },
}

const pytorch: DialectRule<AdamaxOptions> = {
  ...adamaxRule('inside'),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.002,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1) g, \quad u \leftarrow \max(\beta_2 u, |g| + \epsilon) \\
w &\leftarrow w - \frac{\eta}{1 - \beta_1^t} \, \frac{m}{u}
\end{aligned}`,
  source: 'PyTorch 2, torch.optim.Adamax',
  note: {
    en: 'ε is added to the gradient’s size before the maximum, so u fades with it. The default rate, 0.002, is the paper’s and twice Keras’s. A rate drop takes effect at once.',
    'zh-CN': 'ε 在取最大值之前加到梯度大小上，随 u 一起衰减。默认学习率 0.002 与论文相同，是 Keras 的两倍。学习率下降立即生效。',
  },
}

export const adamax = defineOptimizer({
  type: 'adamax',
  options: optimizerOptions({ beta1: beta1Field, beta2: beta2Field, epsilon: epsilonField }),
  title: { en: 'Adamax', 'zh-CN': 'Adamax' },
  help: {
    en: 'Adam with the largest recent gradient in place of the root of the mean square. Less moved by single huge gradients, as with sparse embeddings.',
    'zh-CN': '用近期最大梯度代替均方根的 Adam。受个别巨大梯度的影响较小，例如稀疏的词嵌入。',
  },
  formula: String.raw`w \leftarrow w - \frac{\eta}{1 - \beta_1^t} \, \frac{m}{u}`,
  source: 'Kingma & Ba (2015), Adam: A Method for Stochastic Optimization, arXiv:1412.6980, algorithm 2',
  dialects: { keras, pytorch },
  weightDecay: 'dialect',
})
