import { add, mul } from '@shared/graph'
import { momentumField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule } from './optimizer'
import { kerasMomentum, pytorchMomentum, textbookMomentum } from './rules/momentum'
import { kerasSgd, pytorchSgd, textbookSgd } from './sgd'

type NesterovOptions = Readonly<{ momentum: number }>

const keras: DialectRule<NesterovOptions> = {
  ...kerasMomentum<NesterovOptions>(({ momentum }) => ({ momentum, nesterov: true })),
  defaults: { momentum: 0.9 },
  learningRate: kerasSgd.learningRate,
  weightDecay: 0,
  formula: String.raw`m \leftarrow \mu m - \eta g, \quad w \leftarrow w + \mu m - \eta g`,
  source: kerasSgd.source,
  note: kerasSgd.note,
}

const pytorch: DialectRule<NesterovOptions> = {
  ...pytorchMomentum<NesterovOptions>(({ momentum }) => ({ momentum, dampening: 0, nesterov: true })),
  defaults: { momentum: 0.9 },
  learningRate: pytorchSgd.learningRate,
  weightDecay: 0,
  formula: String.raw`b \leftarrow \mu b + g, \quad w \leftarrow w - \eta (g + \mu b)`,
  source: pytorchSgd.source,
  note: pytorchSgd.note,
}

const textbookStep = textbookMomentum<NesterovOptions>(({ momentum }) => ({ momentum, form: 'add' }))

const textbook: DialectRule<NesterovOptions> = {
  ...textbookStep,
  point: ({ weight, slots, scalars }, { momentum }) => (momentum === 0 ? weight : add(weight, mul(slots.momentum, 'momentum' in scalars ? scalars.momentum : momentum))),
  defaults: { momentum: 0.9 },
  learningRate: textbookSgd.learningRate,
  weightDecay: 0,
  formula: String.raw`v \leftarrow \mu v - \eta \, \nabla L(w + \mu v), \quad w \leftarrow w + v`,
  source: 'Sutskever et al. (2013), On the importance of initialization and momentum in deep learning, eq. 3–4; Goodfellow et al., Deep Learning, alg. 8.3',
  note: {
    en: 'The gradient is taken at the look-ahead point w + μv, and the weights follow behind; the frameworks store that point as the weight, whose path it shares exactly. Loss and metrics of a training step are those at the look-ahead point, evaluation is of the weights. After a rate drop v keeps the old rate. Coupled weight decay is of the weights, not of the point.',
    'zh-CN': '梯度在前瞻点 w + μv 处求得，权重跟随其后；两种框架把该点本身存为权重，两者轨迹完全一致。训练步的损失与指标取自前瞻点，评估取自权重。学习率下降后 v 中仍带有旧学习率。耦合的权重衰减作用于权重而非前瞻点。',
  },
}

export const nesterov = defineOptimizer({
  type: 'nesterov',
  options: optimizerOptions({ momentum: momentumField }),
  title: { en: 'Nesterov (NAG)', 'zh-CN': 'Nesterov 加速梯度（NAG）' },
  help: {
    en: 'Momentum that corrects itself early: the step already counts where momentum is about to carry the weights. Often a little faster and steadier than plain momentum. Both frameworks store the look-ahead point itself as the weight; the textbook form takes the gradient at w + μv.',
    'zh-CN': '提前修正的动量法：更新时已计入动量即将到达的位置，通常比普通动量略快、略稳。两种框架都把前瞻点本身存为权重；教材写法则在 w + μv 处求梯度。',
  },
  formula: String.raw`m \leftarrow \mu m - \eta g, \quad w \leftarrow w + \mu m - \eta g`,
  source: 'Nesterov (1983); Sutskever et al. (2013), On the importance of initialization and momentum in deep learning, eq. 3–4',
  dialects: { keras, pytorch, textbook },
  weightDecay: 'dialect',
})
