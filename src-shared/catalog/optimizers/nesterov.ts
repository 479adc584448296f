import { momentumField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule } from './optimizer'
import { kerasMomentum, pytorchMomentum } from './rules/momentum'
import { kerasSgd, pytorchSgd } from './sgd'

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

export const nesterov = defineOptimizer({
  type: 'nesterov',
  options: optimizerOptions({ momentum: momentumField }),
  title: { en: 'Nesterov (NAG)', 'zh-CN': 'Nesterov 加速梯度（NAG）' },
  help: {
    en: 'Momentum that corrects itself early: the step already counts where momentum is about to carry the weights. Often a little faster and steadier than plain momentum. Both frameworks store the look-ahead point itself as the weight; the textbook form, which takes the gradient at w + μv, is not offered yet.',
    'zh-CN': '提前修正的动量法：更新时已计入动量即将到达的位置，通常比普通动量略快、略稳。两种框架都把前瞻点本身存为权重；教材中在 w + μv 处求梯度的写法暂未提供。',
  },
  formula: String.raw`m \leftarrow \mu m - \eta g, \quad w \leftarrow w + \mu m - \eta g`,
  source: 'Nesterov (1983); Sutskever et al. (2013), On the importance of initialization and momentum in deep learning, eq. 3–4',
  dialects: { keras, pytorch },
  weightDecay: 'dialect',
})
