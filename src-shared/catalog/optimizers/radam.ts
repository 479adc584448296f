import { add, div, mul, sqrt, sub } from '@shared/graph'
import { beta1Field, beta2Field, epsilonField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule, type RuleCore } from './optimizer'
import { firstMoment, movedMoment } from './rules/adam'

type RadamOptions = Readonly<{ beta1: number; beta2: number; epsilon: number }>

/** ρ at update t, and r² where it is above the threshold; null where the variance cannot be told yet. */
export function rectification(beta2: number, t: number, threshold: number): number | null {
  const most = 2 / (1 - beta2) - 1
  const length = most - (2 * t * beta2 ** t) / (1 - beta2 ** t)
  return length > threshold ? ((length - 4) * (length - 2) * most) / ((most - 4) * (most - 2) * length) : null
}

/** Adam's moments; w ← w − rate·M/(root·√V + offset), where root is 0 until the variance is trusted. 11 passes. */
function radamRule(threshold: number): RuleCore<RadamOptions> {
  return {
    slots: ({ beta1, beta2 }) => [
      { name: 'm', initial: 0, scale: 1 - beta1 },
      { name: 'v', initial: 0, scale: 1 - beta2 },
    ],
    cycles: 'beta1',
    scalars({ beta1, beta2, epsilon }, context): Readonly<Record<string, number>> {
      const { step, learningRate, momentum = beta1 } = context
      const plain = (learningRate * (1 - beta1)) / (1 - momentum ** step)
      const moved = movedMoment(beta1, context)
      const squared = rectification(beta2, step, threshold)
      if (squared === null) return { rate: plain, root: 0, offset: 1, ...moved }
      const scale = Math.sqrt(1 - beta2)
      return { rate: (plain * Math.sqrt(squared * (1 - beta2 ** step))) / scale, root: 1, offset: epsilon / scale, ...moved }
    },
    update({ weight, gradient, slots, scalars }, { beta1, beta2 }) {
      const m = firstMoment(slots.m, gradient, beta1, scalars)
      const v = add(mul(slots.v, beta2), mul(gradient, gradient))
      const divisor = add(mul(sqrt(v), scalars.root), scalars.offset)
      return { weight: sub(weight, mul(div(m, divisor), scalars.rate)), slots: { m, v } }
    },
  }
}

const formula = (threshold: number): string => String.raw`\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2, \quad \hat m = \frac{m}{1 - \beta_1^t} \\
\rho_\infty &= \frac{2}{1 - \beta_2} - 1, \quad \rho = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t}, \quad r = \sqrt{\frac{(\rho - 4)(\rho - 2) \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2) \rho}} \\
w &\leftarrow w - \eta \, \hat m \, r \, \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v} + \epsilon} && (\rho > ${threshold}) \\
w &\leftarrow w - \eta \, \hat m && (\text{otherwise})
\end{aligned}`

const pytorch: DialectRule<RadamOptions> = {
  ...radamRule(5),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.001,
  weightDecay: 0,
  formula: formula(5),
  source: 'PyTorch 2, torch.optim.RAdam',
  note: {
    en: 'Trusts the variance once ρ is above 5, with the default β₂ from the sixth update on; until then it is momentum without division. A rate drop takes effect at once.',
    'zh-CN': 'ρ 大于 5 之后才使用方差估计，默认 β₂ 下即第六次更新起；此前是不作除法的动量法。学习率下降立即生效。',
  },
}

const textbook: DialectRule<RadamOptions> = {
  ...radamRule(4),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.001,
  weightDecay: 0,
  formula: formula(4),
  source: 'Liu et al. (2020), arXiv:1908.03265, algorithm 2, with ε beside the root',
  note: {
    en: 'As published, ρ above 4 suffices: one update earlier than in PyTorch, with a small r. A rate drop takes effect at once.',
    'zh-CN': '按论文原式，ρ 大于 4 即可：比 PyTorch 早一次更新，且 r 较小。学习率下降立即生效。',
  },
}

export const radam = defineOptimizer({
  type: 'radam',
  options: optimizerOptions({ beta1: beta1Field, beta2: beta2Field, epsilon: epsilonField }),
  title: { en: 'RAdam', 'zh-CN': 'RAdam（修正的 Adam）' },
  help: {
    en: 'Adam that knows how little its first updates say about the gradient’s variance and steps accordingly smaller: a warm-up that needs no length. Keras has none.',
    'zh-CN': '考虑到最初几次更新对梯度方差的估计很不可靠而相应缩小步长的 Adam，相当于无需设定长度的预热。Keras 没有该优化器。',
  },
  formula: String.raw`w \leftarrow w - \eta \, r \, \frac{\hat m}{\sqrt{\hat v} + \epsilon}`,
  source: 'Liu et al. (2020), On the Variance of the Adaptive Learning Rate and Beyond, arXiv:1908.03265, algorithm 2',
  dialects: { pytorch, textbook },
  weightDecay: 'dialect',
})
