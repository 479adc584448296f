import { dampeningField, momentumField, momentumFormField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule } from './optimizer'
import { kerasMomentum, pytorchMomentum, textbookMomentum, type TextbookSettings } from './rules/momentum'
import { kerasSgd, pytorchSgd, textbookSgd } from './sgd'

type KerasOptions = Readonly<{ momentum: number }>
type PytorchOptions = Readonly<{ momentum: number; dampening: number }>
type TextbookOptions = Readonly<{ momentum: number; form: TextbookSettings['form'] }>

const keras: DialectRule<KerasOptions> = {
  ...kerasMomentum<KerasOptions>(({ momentum }) => ({ momentum, nesterov: false })),
  defaults: { momentum: 0.9 },
  learningRate: kerasSgd.learningRate,
  weightDecay: 0,
  formula: String.raw`m \leftarrow \mu m - \eta g, \quad w \leftarrow w + m`,
  source: kerasSgd.source,
  note: kerasSgd.note,
}

const pytorch: DialectRule<PytorchOptions> = {
  ...pytorchMomentum<PytorchOptions>(({ momentum, dampening }) => ({ momentum, dampening, nesterov: false })),
  defaults: { momentum: 0.9, dampening: 0 },
  learningRate: pytorchSgd.learningRate,
  weightDecay: 0,
  formula: String.raw`b \leftarrow \mu b + (1 - \tau) g \;\; (b \leftarrow g \text{ at } t = 1), \quad w \leftarrow w - \eta b`,
  source: pytorchSgd.source,
  note: pytorchSgd.note,
}

const textbook: DialectRule<TextbookOptions> = {
  ...textbookMomentum<TextbookOptions>((options) => options),
  defaults: { momentum: 0.9, form: 'average' },
  learningRate: textbookSgd.learningRate,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
v &\leftarrow \mu v + (1 - \mu) g, \quad w \leftarrow w - \eta v && (\text{average}) \\
v &\leftarrow \mu v + \eta g, \quad w \leftarrow w - v && (\text{subtract}) \\
v &\leftarrow \mu v - \eta g, \quad w \leftarrow w + v && (\text{add})
\end{aligned}`,
  source: textbookSgd.source,
  note: textbookSgd.note,
}

export const momentum = defineOptimizer({
  type: 'momentum',
  options: optimizerOptions({ momentum: momentumField, dampening: dampeningField, form: momentumFormField }),
  title: { en: 'Momentum', 'zh-CN': '动量法（Momentum）' },
  help: {
    en: 'SGD that keeps rolling: each step adds to a fading sum of the earlier ones, which smooths noise and speeds up along shallow valleys. The same as `sgd` with momentum 0.9.',
    'zh-CN': '带惯性的 SGD：每一步叠加在逐渐衰减的历史步长之和上，从而平滑噪声，并在平缓的谷底加速。等同于 momentum 为 0.9 的 `sgd`。',
  },
  formula: String.raw`m \leftarrow \mu m - \eta g, \quad w \leftarrow w + m`,
  source: 'Polyak (1964), Some methods of speeding up the convergence of iteration methods; Sutskever et al. (2013), eq. 1–2',
  dialects: { keras, pytorch, textbook },
  weightDecay: 'dialect',
})
