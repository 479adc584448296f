import { add, mul, sign, sub } from '@shared/graph'
import { beta1Field, beta2Field, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule } from './optimizer'

type LionOptions = Readonly<{ beta1: number; beta2: number }>

/** 7 passes: only the sign of the direction counts, so g needs no factor. */
const keras: DialectRule<LionOptions> = {
  slots: ({ beta2 }) => [{ name: 'm', initial: 0, scale: 1 - beta2 }],
  scalars: (_options, { learningRate }) => ({ rate: learningRate }),
  update({ weight, gradient, slots, scalars }, { beta1, beta2 }) {
    const direction = add(mul(slots.m, (beta1 * (1 - beta2)) / (1 - beta1)), gradient)
    const m = add(mul(slots.m, beta2), gradient)
    return { weight: sub(weight, mul(sign(direction), scalars.rate)), slots: { m } }
  },
  defaults: { beta1: 0.9, beta2: 0.99 },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`w \leftarrow w - \eta \operatorname{sign}(\beta_1 m + (1 - \beta_1) g), \quad m \leftarrow \beta_2 m + (1 - \beta_2) g`,
  source: 'Keras 3, keras/src/optimizers/lion.py',
  note: {
    en: 'The rule as published; PyTorch has none. A rate drop takes effect at once, and in full: every step has the length η.',
    'zh-CN': '与论文一致；PyTorch 没有该优化器。每一步长度都是 η，因此学习率下降立即完全生效。',
  },
}

export const lion = defineOptimizer({
  type: 'lion',
  options: optimizerOptions({ beta1: beta1Field, beta2: beta2Field }),
  title: { en: 'Lion', 'zh-CN': 'Lion（符号动量）' },
  help: {
    en: 'Moves every weight by exactly the learning rate, in the direction that momentum and gradient agree on. Keeps one slot instead of Adam’s two; wants a rate 3 to 10 times smaller than Adam and a correspondingly larger weight decay.',
    'zh-CN': '按动量与梯度共同决定的方向，每个权重恰好移动一个学习率的距离。只需一个状态（Adam 需两个）；学习率应为 Adam 的 1/10 到 1/3，权重衰减相应增大。',
  },
  formula: String.raw`w \leftarrow w - \eta \operatorname{sign}(\beta_1 m + (1 - \beta_1) g)`,
  source: 'Chen et al. (2023), Symbolic Discovery of Optimization Algorithms, arXiv:2302.06675, algorithm 2',
  dialects: { keras },
  weightDecay: 'dialect',
})
