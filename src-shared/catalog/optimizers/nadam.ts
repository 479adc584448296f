import { z } from 'zod'
import { add, div, mul, sqrt, sub } from '@shared/graph'
import { field } from '../definition'
import { beta1Field, beta2Field, epsilonField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule, type Hyperparameters, type RuleCore } from './optimizer'

interface NadamSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly momentumDecay: number
}

/** 12 passes: the two parts of the direction share one division, and each is one scalar times a tensor. */
function nadamRule<O extends Hyperparameters>(settings: (options: O) => NadamSettings): RuleCore<O> {
  return {
    slots(options) {
      const { beta1, beta2 } = settings(options)
      return [
        { name: 'm', initial: 0, scale: 1 - beta1 },
        { name: 'v', initial: 0, scale: 1 - beta2 },
      ]
    },
    scalars(options, { step, learningRate }) {
      const { beta1, beta2, epsilon, momentumDecay } = settings(options)
      const now = momentumAt(step, beta1, momentumDecay)
      const next = momentumAt(step + 1, beta1, momentumDecay)
      const product = momentumProduct(step, beta1, momentumDecay)
      const root = Math.sqrt((1 - beta2 ** step) / (1 - beta2))
      return {
        gradientRate: (learningRate * root * (1 - now)) / (1 - product),
        momentRate: (learningRate * root * next * (1 - beta1)) / (1 - product * next),
        epsilon: epsilon * root,
      }
    },
    update({ weight, gradient, slots, scalars }, options) {
      const { beta1, beta2 } = settings(options)
      const m = add(mul(slots.m, beta1), gradient)
      const v = add(mul(slots.v, beta2), mul(gradient, gradient))
      const direction = add(mul(gradient, scalars.gradientRate), mul(m, scalars.momentRate))
      return { weight: sub(weight, div(direction, add(sqrt(v), scalars.epsilon))), slots: { m, v } }
    },
  }
}

/** μ_t, the momentum that warms up to β₁. */
function momentumAt(step: number, beta1: number, momentumDecay: number): number {
  return beta1 * (1 - 0.5 * 0.96 ** (step * momentumDecay))
}

/** Below this, one minus the product is one. */
const NEGLIGIBLE = 2 ** -60

/** μ₁·…·μ_t, a function of t alone, so that runs can be resumed anywhere; the product soon is negligible. */
function momentumProduct(step: number, beta1: number, momentumDecay: number): number {
  let product = 1
  for (let t = 1; t <= step && product > NEGLIGIBLE; t++) product *= momentumAt(t, beta1, momentumDecay)
  return product > NEGLIGIBLE ? product : 0
}

type KerasOptions = Readonly<{ beta1: number; beta2: number; epsilon: number }>
type PytorchOptions = Readonly<{ beta1: number; beta2: number; epsilon: number; momentumDecay: number }>

const keras: DialectRule<KerasOptions> = {
  ...nadamRule<KerasOptions>((options) => ({ ...options, momentumDecay: 1 })),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
\mu_t &= \beta_1 \left(1 - \tfrac{1}{2} \, 0.96^t\right), \quad m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 \\
\hat m &= \frac{\mu_{t+1} \, m}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1 - \mu_t) \, g}{1 - \prod_{i=1}^{t} \mu_i}, \quad \hat v = \frac{v}{1 - \beta_2^t}, \quad w \leftarrow w - \frac{\eta \, \hat m}{\sqrt{\hat v} + \epsilon}
\end{aligned}`,
  source: 'Keras 3, keras/src/optimizers/nadam.py',
  note: {
    en: 'The momentum reaches β₁ within about 100 updates; in PyTorch, with its ψ of 0.004, that takes some 25,000. A rate drop takes effect at once.',
    'zh-CN': '动量在约 100 次更新内升到 β₁；PyTorch 的 ψ 为 0.004，需要约 25,000 次。学习率下降立即生效。',
  },
}

const pytorch: DialectRule<PytorchOptions> = {
  ...nadamRule<PytorchOptions>((options) => options),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, momentumDecay: 0.004 },
  learningRate: 0.002,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
\mu_t &= \beta_1 \left(1 - \tfrac{1}{2} \, 0.96^{t \psi}\right), \quad m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 \\
\hat m &= \frac{\mu_{t+1} \, m}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1 - \mu_t) \, g}{1 - \prod_{i=1}^{t} \mu_i}, \quad \hat v = \frac{v}{1 - \beta_2^t}, \quad w \leftarrow w - \frac{\eta \, \hat m}{\sqrt{\hat v} + \epsilon}
\end{aligned}`,
  source: 'PyTorch 2, torch.optim.NAdam',
  note: {
    en: 'ψ sets how fast the momentum rises from β₁/2 to β₁; ψ = 1 gives Keras’s rule. PyTorch itself keeps the product of momenta in float32, here it is float64. A rate drop takes effect at once.',
    'zh-CN': 'ψ 决定动量从 β₁/2 升到 β₁ 的速度，ψ = 1 即 Keras 的规则。PyTorch 以 float32 保存动量连乘积，这里用 float64。学习率下降立即生效。',
  },
}

export const nadam = defineOptimizer({
  type: 'nadam',
  options: optimizerOptions({
    beta1: beta1Field,
    beta2: beta2Field,
    epsilon: epsilonField,
    momentumDecay: field(z.number().min(0).optional(), {
      en: 'PyTorch only: how fast the momentum warms up to β₁; 1 is Keras’s speed, 0 keeps β₁/2.',
      'zh-CN': '仅 PyTorch：动量升到 β₁ 的速度，1 为 Keras 的速度，0 则一直保持 β₁/2。',
      symbol: '\\psi',
    }),
  }),
  title: { en: 'Nadam', 'zh-CN': 'Nadam（Nesterov Adam）' },
  help: {
    en: 'Adam with Nesterov’s correction: the step already counts the momentum of the next update. A little faster than Adam on some problems.',
    'zh-CN': '带 Nesterov 修正的 Adam：本次更新已计入下一次的动量，在一些问题上比 Adam 略快。',
  },
  formula: String.raw`\hat m = \frac{\mu_{t+1} \, m}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1 - \mu_t) \, g}{1 - \prod_{i=1}^{t} \mu_i}, \quad w \leftarrow w - \frac{\eta \, \hat m}{\sqrt{\hat v} + \epsilon}`,
  source: 'Dozat (2016), Incorporating Nesterov Momentum into Adam, ICLR workshop, algorithm 2',
  dialects: { keras, pytorch },
  weightDecay: 'dialect',
})
