import { z } from 'zod'
import { add, div, mul, sqrt, sub } from '@shared/graph'
import { field } from '../definition'
import { epsilonField, epsilonPlacementField, initialAccumulatorField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule, type Hyperparameters, type RuleCore } from './optimizer'

interface AdagradSettings {
  readonly initialAccumulator: number
  readonly epsilon: number
  readonly placement: 'inside' | 'outside'
  readonly learningRateDecay: number
}

/** 7 passes. */
function adagradRule<O extends Hyperparameters>(settings: (options: O) => AdagradSettings): RuleCore<O> {
  return {
    slots: (options) => [{ name: 'accumulator', initial: settings(options).initialAccumulator, scale: 1 }],
    scalars: (options, { step, learningRate }) => ({ rate: learningRate / (1 + (step - 1) * settings(options).learningRateDecay) }),
    update({ weight, gradient, slots, scalars }, options) {
      const { epsilon, placement } = settings(options)
      const accumulator = add(slots.accumulator, mul(gradient, gradient))
      const divisor = placement === 'inside' ? sqrt(add(accumulator, epsilon)) : add(sqrt(accumulator), epsilon)
      return { weight: sub(weight, mul(div(gradient, divisor), scalars.rate)), slots: { accumulator } }
    },
  }
}

type KerasOptions = Readonly<{ initialAccumulator: number; epsilon: number }>
type PytorchOptions = Readonly<{ initialAccumulator: number; epsilon: number; learningRateDecay: number }>
type TextbookOptions = Readonly<{ epsilon: number; epsilonPlacement: 'inside' | 'outside' }>

const keras: DialectRule<KerasOptions> = {
  ...adagradRule<KerasOptions>((options) => ({ ...options, placement: 'inside', learningRateDecay: 0 })),
  defaults: { initialAccumulator: 0.1, epsilon: 1e-7 },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`a \leftarrow a + g^2 \;\; (a_0 \text{ at } t = 0), \quad w \leftarrow w - \frac{\eta \, g}{\sqrt{a + \epsilon}}`,
  source: 'Keras 3, keras/src/optimizers/adagrad.py',
  note: {
    en: 'Starts its sum at 0.1, which keeps the first steps small: with the defaults and g = 0.001 the first step is 3.2e-6, against 1e-2 in PyTorch. The sum holds no learning rate: a rate drop takes effect at once.',
    'zh-CN': '累加器从 0.1 开始，使最初的步长很小：默认设置下 g = 0.001 时第一步为 3.2e-6，而 PyTorch 为 1e-2。累加器中不含学习率，学习率下降立即生效。',
  },
}

const pytorch: DialectRule<PytorchOptions> = {
  ...adagradRule<PytorchOptions>((options) => ({ ...options, placement: 'outside' })),
  defaults: { initialAccumulator: 0, epsilon: 1e-10, learningRateDecay: 0 },
  learningRate: 0.01,
  weightDecay: 0,
  formula: String.raw`a \leftarrow a + g^2 \;\; (a_0 \text{ at } t = 0), \quad w \leftarrow w - \frac{\eta}{1 + (t - 1) \kappa} \, \frac{g}{\sqrt{a} + \epsilon}`,
  source: 'PyTorch 2, torch.optim.Adagrad',
  note: {
    en: 'Starts its sum at 0: the first step of every weight has the length η, however small its gradient. Can also lower the rate by itself, as η/(1 + (t−1)κ). A rate drop takes effect at once.',
    'zh-CN': '累加器从 0 开始：无论梯度多小，每个权重的第一步长度都是 η。还可按 η/(1 + (t−1)κ) 自行降低学习率。学习率下降立即生效。',
  },
}

const textbook: DialectRule<TextbookOptions> = {
  ...adagradRule<TextbookOptions>(({ epsilon, epsilonPlacement }) => ({
    initialAccumulator: 0,
    epsilon,
    placement: epsilonPlacement,
    learningRateDecay: 0,
  })),
  defaults: { epsilon: 1e-8, epsilonPlacement: 'inside' },
  learningRate: 0.01,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
a &\leftarrow a + g^2 \\
w &\leftarrow w - \frac{\eta \, g}{\sqrt{a + \epsilon}} && (\text{inside}) \\
w &\leftarrow w - \frac{\eta \, g}{\sqrt{a} + \epsilon} && (\text{outside})
\end{aligned}`,
  source: 'Ruder (2016), An overview of gradient descent optimization algorithms, arXiv:1609.04747, eq. 8',
  note: {
    en: 'Sum from 0 as in PyTorch, ε inside the root as in Keras, where 1e-8 acts like 1e-4 outside: weights with gradients well below that move less. `outside` equals PyTorch with this ε.',
    'zh-CN': '累加器与 PyTorch 一样从 0 开始，ε 与 Keras 一样在根号内，1e-8 相当于根号外的 1e-4：梯度远小于此的权重移动更少。`outside` 等于使用该 ε 的 PyTorch。',
  },
}

export const adagrad = defineOptimizer({
  type: 'adagrad',
  options: optimizerOptions({
    initialAccumulator: initialAccumulatorField,
    epsilon: epsilonField,
    epsilonPlacement: epsilonPlacementField,
    learningRateDecay: field(z.number().min(0).optional(), {
      en: 'PyTorch only: the rate of update t is η/(1 + (t−1)κ); 0 keeps it.',
      'zh-CN': '仅 PyTorch：第 t 次更新的学习率为 η/(1 + (t−1)κ)，0 表示不变。',
      symbol: '\\kappa',
    }),
  }),
  title: { en: 'Adagrad', 'zh-CN': 'Adagrad（自适应梯度）' },
  help: {
    en: 'Divides every weight’s step by the root of all its squared gradients so far. Rarely active weights keep large steps, which suits sparse features; on long runs the steps of the others die out.',
    'zh-CN': '将每个权重的步长除以其历史梯度平方和的平方根。不常激活的权重保持较大步长，适合稀疏特征；长时间训练时其余权重的步长会逐渐消失。',
  },
  formula: String.raw`a \leftarrow a + g^2, \quad w \leftarrow w - \frac{\eta \, g}{\sqrt{a + \epsilon}}`,
  source: 'Duchi, Hazan & Singer (2011), Adaptive Subgradient Methods, JMLR 12, section 1.1 (diagonal form)',
  dialects: { keras, pytorch, textbook },
  weightDecay: 'dialect',
})
