import { add, div, mul, sqrt, sub } from '@shared/graph'
import { epsilonField, optimizerOptions, rhoField } from './fields'
import { defineOptimizer, type DialectRule, type RuleCore } from './optimizer'

type AdadeltaOptions = Readonly<{ rho: number; epsilon: number }>

/** 13 passes: both averages are stored without their (1−ρ), and ε divided by it stands for ε in either root. */
const rule: RuleCore<AdadeltaOptions> = {
  slots: ({ rho }) => [
    { name: 'v', initial: 0, scale: 1 - rho },
    { name: 'delta', initial: 0, scale: 1 - rho },
  ],
  scalars: (_options, { learningRate }) => ({ rate: learningRate }),
  update({ weight, gradient, slots, scalars }, { rho, epsilon }) {
    const scaled = epsilon / (1 - rho)
    const v = add(mul(slots.v, rho), mul(gradient, gradient))
    const change = mul(gradient, sqrt(div(add(slots.delta, scaled), add(v, scaled))))
    const delta = add(mul(slots.delta, rho), mul(change, change))
    return { weight: sub(weight, mul(change, scalars.rate)), slots: { v, delta } }
  },
}

const formula = String.raw`\begin{aligned}
v &\leftarrow \rho v + (1 - \rho) g^2, \quad \Delta = g \, \frac{\sqrt{d + \epsilon}}{\sqrt{v + \epsilon}} \\
d &\leftarrow \rho d + (1 - \rho) \Delta^2, \quad w \leftarrow w - \eta \Delta
\end{aligned}`

const keras: DialectRule<AdadeltaOptions> = {
  ...rule,
  defaults: { rho: 0.95, epsilon: 1e-7 },
  learningRate: 0.001,
  weightDecay: 0,
  formula,
  source: 'Keras 3, keras/src/optimizers/adadelta.py',
  note: {
    en: 'The same rule as PyTorch’s, but a default rate of 0.001: with it the method hardly moves. Set 1.0 for the rule as published. The averages hold no learning rate: a rate drop takes effect at once.',
    'zh-CN': '规则与 PyTorch 相同，但默认学习率为 0.001，几乎不会前进；论文原式请设为 1.0。两个平均值都不含学习率，学习率下降立即生效。',
  },
}

const pytorch: DialectRule<AdadeltaOptions> = {
  ...rule,
  defaults: { rho: 0.9, epsilon: 1e-6 },
  learningRate: 1,
  weightDecay: 0,
  formula,
  source: 'PyTorch 2, torch.optim.Adadelta',
  note: {
    en: 'The rule as published, at rate 1.0. The first steps have the length √(ε/(1−ρ)) ≈ 0.003 (less where gradients are below it), so a larger ε speeds up the start. A rate drop takes effect at once.',
    'zh-CN': '与论文一致，学习率为 1.0。最初的步长约为 √(ε/(1−ρ)) ≈ 0.003（梯度更小时步长也更小），因此增大 ε 可加快起步。学习率下降立即生效。',
  },
}

export const adadelta = defineOptimizer({
  type: 'adadelta',
  options: optimizerOptions({ rho: rhoField, epsilon: epsilonField }),
  title: { en: 'Adadelta', 'zh-CN': 'Adadelta' },
  help: {
    en: 'Scales every weight’s step by the ratio of its recent movements to its recent gradients, so that steps have the unit of the weight and no rate needs to be chosen. Starts slowly.',
    'zh-CN': '以权重近期移动量与近期梯度之比缩放步长，使步长与权重同单位，理论上无需选择学习率。起步较慢。',
  },
  formula,
  source: 'Zeiler (2012), ADADELTA, arXiv:1212.5701, algorithm 1',
  dialects: { keras, pytorch },
  weightDecay: 'dialect',
})
