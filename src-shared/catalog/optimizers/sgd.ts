import { dampeningField, momentumField, momentumFormField, nesterovField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule } from './optimizer'
import { kerasMomentum, nesterovProblem, pytorchMomentum, textbookMomentum, type TextbookSettings } from './rules/momentum'

type KerasOptions = Readonly<{ momentum: number; nesterov: boolean }>
type PytorchOptions = Readonly<{ momentum: number; dampening: number; nesterov: boolean }>
type TextbookOptions = Readonly<{ momentum: number; form: TextbookSettings['form'] }>

export const kerasSgd: DialectRule<KerasOptions> = {
  ...kerasMomentum<KerasOptions>((options) => options),
  defaults: { momentum: 0, nesterov: false },
  learningRate: 0.01,
  weightDecay: 0,
  check: (options) => nesterovProblem(options),
  formula: String.raw`\begin{aligned}
w &\leftarrow w - \eta g && (\mu = 0) \\
m &\leftarrow \mu m - \eta g, \quad w \leftarrow w + m && (\mu > 0) \\
m &\leftarrow \mu m - \eta g, \quad w \leftarrow w + \mu m - \eta g && (\text{nesterov})
\end{aligned}`,
  source: 'Keras 3, keras/src/optimizers/sgd.py',
  note: {
    en: 'The momentum buffer holds finished steps, learning rate included: when the rate drops, steps already in the buffer keep their old size and fade at the pace of μ.',
    'zh-CN': '动量缓冲保存的是已乘学习率的步长：学习率下降时，缓冲中的旧步长保持原大小，只按 μ 的速度逐渐消退。',
  },
}

export const pytorchSgd: DialectRule<PytorchOptions> = {
  ...pytorchMomentum<PytorchOptions>((options) => options),
  defaults: { momentum: 0, dampening: 0, nesterov: false },
  learningRate: 0.001,
  weightDecay: 0,
  check: (options) => nesterovProblem(options, options.dampening),
  formula: String.raw`\begin{aligned}
w &\leftarrow w - \eta g && (\mu = 0) \\
b &\leftarrow \mu b + (1 - \tau) g \;\; (b \leftarrow g \text{ at } t = 1), \quad w \leftarrow w - \eta b && (\mu > 0) \\
b &\leftarrow \mu b + g, \quad w \leftarrow w - \eta (g + \mu b) && (\text{nesterov})
\end{aligned}`,
  source: 'PyTorch 2, torch.optim.SGD',
  note: {
    en: 'The buffer holds gradients and the learning rate multiplies it afterwards: a rate drop takes effect in full on the very next update. At a constant rate, without dampening and weight decay, the weights move exactly as in Keras.',
    'zh-CN': '缓冲保存梯度，学习率在之后相乘：学习率下降会在下一次更新立即完全生效。学习率不变且不用 dampening 和权重衰减时，权重轨迹与 Keras 完全相同。',
  },
}

export const textbookSgd: DialectRule<TextbookOptions> = {
  ...textbookMomentum<TextbookOptions>((options) => options),
  defaults: { momentum: 0, form: 'average' },
  learningRate: 0.01,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
w &\leftarrow w - \eta g && (\mu = 0) \\
v &\leftarrow \mu v + (1 - \mu) g, \quad w \leftarrow w - \eta v && (\text{average}) \\
v &\leftarrow \mu v + \eta g, \quad w \leftarrow w - v && (\text{subtract}) \\
v &\leftarrow \mu v - \eta g, \quad w \leftarrow w + v && (\text{add})
\end{aligned}`,
  source: 'Rumelhart, Hinton & Williams (1986), eq. 9; Ruder (2016), arXiv:1609.04747, eq. 4; Goodfellow et al., Deep Learning, alg. 8.2',
  note: {
    en: '`average` is a moving average of gradients: it moves as PyTorch does at the rate η·(1−μ). `subtract` and `add` are Keras’s form with either sign. After a rate drop `average` follows at once, the other two keep the old rate in v.',
    'zh-CN': '`average` 是梯度的滑动平均：轨迹等于 PyTorch 在学习率 η·(1−μ) 下的轨迹。`subtract` 与 `add` 是符号相反的 Keras 形式。学习率下降后 `average` 立即跟随，后两者的 v 中仍带有旧学习率。',
  },
}

export const sgd = defineOptimizer({
  type: 'sgd',
  options: optimizerOptions({
    momentum: momentumField,
    nesterov: nesterovField,
    dampening: dampeningField,
    form: momentumFormField,
  }),
  title: { en: 'SGD', 'zh-CN': '随机梯度下降（SGD）' },
  help: {
    en: 'Steps against the gradient of each batch. The simplest rule, and with momentum and a schedule still among the best for image models; it needs the learning rate to be tuned.',
    'zh-CN': '沿每个批次梯度的反方向前进。规则最简单；配合动量和学习率调度，在图像模型上仍属最佳之列，但需要仔细调节学习率。',
  },
  formula: String.raw`w \leftarrow w - \eta g`,
  source: 'Robbins & Monro (1951), A Stochastic Approximation Method',
  dialects: { keras: kerasSgd, pytorch: pytorchSgd, textbook: textbookSgd },
  weightDecay: 'dialect',
})
