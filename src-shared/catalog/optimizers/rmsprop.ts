import { z } from 'zod'
import { field } from '../definition'
import { epsilonField, epsilonPlacementField, momentumField, optimizerOptions, rhoField } from './fields'
import { defineOptimizer, type DialectRule } from './optimizer'
import { rmspropRule } from './rules/rmsprop'

type FrameworkOptions = Readonly<{ rho: number; momentum: number; epsilon: number; centered: boolean }>
type TextbookOptions = Readonly<{ rho: number; epsilon: number; epsilonPlacement: 'inside' | 'outside' }>

const keras: DialectRule<FrameworkOptions> = {
  ...rmspropRule<FrameworkOptions>((options) => options, () => ({ placement: 'inside', rateInBuffer: true })),
  defaults: { rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
v &\leftarrow \rho v + (1 - \rho) g^2, \quad d = \sqrt{v + \epsilon} \\
\bar g &\leftarrow \rho \bar g + (1 - \rho) g, \quad d = \sqrt{v - \bar g^2 + \epsilon} && (\text{centered}) \\
w &\leftarrow w - \frac{\eta \, g}{d} && (\mu = 0) \\
m &\leftarrow \mu m + \frac{\eta \, g}{d}, \quad w \leftarrow w - m && (\mu > 0)
\end{aligned}`,
  source: 'Keras 3, keras/src/optimizers/rmsprop.py',
  note: {
    en: 'ε stands inside the root: 1e-7 limits small gradients as 3e-4 would outside. The momentum buffer includes the learning rate, so after a rate drop old steps fade slowly, at the pace of μ.',
    'zh-CN': 'ε 在根号内：1e-7 对小梯度的限制相当于根号外的 3e-4。动量缓冲中含学习率，因此学习率下降后，旧步长只按 μ 的速度慢慢消退。',
  },
}

const pytorch: DialectRule<FrameworkOptions> = {
  ...rmspropRule<FrameworkOptions>((options) => options, () => ({ placement: 'outside', rateInBuffer: false })),
  defaults: { rho: 0.99, momentum: 0, epsilon: 1e-8, centered: false },
  learningRate: 0.01,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
v &\leftarrow \rho v + (1 - \rho) g^2, \quad d = \sqrt{v} + \epsilon \\
\bar g &\leftarrow \rho \bar g + (1 - \rho) g, \quad d = \sqrt{v - \bar g^2} + \epsilon && (\text{centered}) \\
w &\leftarrow w - \frac{\eta \, g}{d} && (\mu = 0) \\
b &\leftarrow \mu b + \frac{g}{d}, \quad w \leftarrow w - \eta b && (\mu > 0)
\end{aligned}`,
  source: 'PyTorch 2, torch.optim.RMSprop',
  note: {
    en: 'ε stands outside the root, ρ (alpha) is 0.99, and the momentum buffer holds no learning rate: a rate drop takes effect at once. No bias correction and v from 0: the first step has the length η/√(1−ρ), ten times η with the defaults.',
    'zh-CN': 'ε 在根号外，ρ（alpha）为 0.99，动量缓冲不含学习率：学习率下降立即生效。没有偏差校正且 v 从 0 开始：第一步长度为 η/√(1−ρ)，默认设置下是 η 的十倍。',
  },
}

const textbook: DialectRule<TextbookOptions> = {
  ...rmspropRule<TextbookOptions>(
    ({ rho, epsilon }) => ({ rho, epsilon, centered: false, momentum: 0 }),
    ({ epsilonPlacement }) => ({ placement: epsilonPlacement, rateInBuffer: false }),
  ),
  defaults: { rho: 0.9, epsilon: 1e-8, epsilonPlacement: 'inside' },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
v &\leftarrow \rho v + (1 - \rho) g^2 \\
w &\leftarrow w - \frac{\eta \, g}{\sqrt{v + \epsilon}} && (\text{inside}) \\
w &\leftarrow w - \frac{\eta \, g}{\sqrt{v} + \epsilon} && (\text{outside})
\end{aligned}`,
  source: 'Hinton, Neural Networks for Machine Learning (2012), lecture 6e; Ruder (2016), arXiv:1609.04747, section 4.5',
  note: {
    en: 'The lecture’s rule without centering or momentum. `inside` is Keras’s plain rule with a smaller ε, `outside` PyTorch’s with ρ = 0.9. A rate drop takes effect at once.',
    'zh-CN': '课程中的原始规则，没有中心化和动量。`inside` 是 ε 更小的 Keras 普通形式，`outside` 是 ρ = 0.9 的 PyTorch 形式。学习率下降立即生效。',
  },
}

export const rmsprop = defineOptimizer({
  type: 'rmsprop',
  options: optimizerOptions({
    rho: rhoField,
    momentum: momentumField,
    epsilon: epsilonField,
    centered: field(z.boolean().optional(), {
      en: 'Divide by the estimated standard deviation of the gradient instead of its size. A gradient that hardly changes then gets very long steps.',
      'zh-CN': '除以梯度标准差的估计值而非梯度大小。几乎不变的梯度会因此得到很大的步长。',
    }),
    epsilonPlacement: epsilonPlacementField,
  }),
  title: { en: 'RMSprop', 'zh-CN': 'RMSprop（均方根传播）' },
  help: {
    en: 'Divides every weight’s step by the root of a running mean of its squared gradients, so steps neither explode nor die out. Long the standard for recurrent networks and reinforcement learning.',
    'zh-CN': '将每个权重的步长除以其梯度平方滑动平均的平方根，使步长既不爆炸也不消失。长期是循环网络和强化学习的标准选择。',
  },
  formula: String.raw`v \leftarrow \rho v + (1 - \rho) g^2, \quad w \leftarrow w - \frac{\eta \, g}{\sqrt{v + \epsilon}}`,
  source: 'Hinton, Neural Networks for Machine Learning (2012), lecture 6e; centered: Graves (2013), arXiv:1308.0850, eq. 40',
  dialects: { keras, pytorch, textbook },
  weightDecay: 'dialect',
})
