import { amsgradField, beta1Field, beta2Field, epsilonField, epsilonPlacementField, optimizerOptions } from './fields'
import { defineOptimizer, type DialectRule } from './optimizer'
import { adamRule } from './rules/adam'

type AdamOptions = Readonly<{ beta1: number; beta2: number; epsilon: number; amsgrad: boolean }>
type TextbookOptions = Readonly<{ beta1: number; beta2: number; epsilon: number; epsilonPlacement: 'inside' | 'outside' }>

export const kerasAdam: DialectRule<AdamOptions> = {
  ...adamRule<AdamOptions>((options) => options, () => 'hat'),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 \\
\alpha &= \eta \, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}, \quad w \leftarrow w - \frac{\alpha \, m}{\sqrt{v} + \epsilon} \\
\hat v &\leftarrow \max(\hat v, v) \text{ in place of } v && (\text{amsgrad})
\end{aligned}`,
  source: 'Keras 3, keras/src/optimizers/adam.py; Kingma & Ba (2015), arXiv:1412.6980, the form with epsilon-hat before section 2.1',
  note: {
    en: 'ε is added to √v before bias correction (the paper’s ε̂): in the first updates, where √v is still small, it weighs up to 1/√(1−β₂) ≈ 32 times more than PyTorch’s. No learning rate is kept in the slots: a rate drop takes effect at once.',
    'zh-CN': 'ε 加在偏差校正之前的 √v 上（即论文中的 ε̂）：训练初期 √v 还很小，ε 的作用最多可达 PyTorch 的 1/√(1−β₂) ≈ 32 倍。状态中不含学习率，学习率下降立即生效。',
  },
}

export const pytorchAdam: DialectRule<AdamOptions> = {
  ...adamRule<AdamOptions>((options) => options, () => 'outside'),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, amsgrad: false },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 \\
\hat m &= \frac{m}{1 - \beta_1^t}, \quad \hat v = \frac{v}{1 - \beta_2^t}, \quad w \leftarrow w - \frac{\eta \, \hat m}{\sqrt{\hat v} + \epsilon} \\
u &\leftarrow \max(u, v), \quad \hat v = \frac{u}{1 - \beta_2^t} && (\text{amsgrad})
\end{aligned}`,
  source: 'PyTorch 2, torch.optim.Adam; Kingma & Ba (2015), arXiv:1412.6980, algorithm 1',
  note: {
    en: 'ε is added to the bias-corrected √v̂, as in the paper’s algorithm 1. No learning rate is kept in the slots: a rate drop takes effect at once.',
    'zh-CN': 'ε 加在偏差校正之后的 √v̂ 上，与论文算法 1 一致。状态中不含学习率，学习率下降立即生效。',
  },
}

export const textbookAdam: DialectRule<TextbookOptions> = {
  ...adamRule<TextbookOptions>(
    (options) => ({ ...options, amsgrad: false }),
    (options) => options.epsilonPlacement,
  ),
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, epsilonPlacement: 'inside' },
  learningRate: 0.001,
  weightDecay: 0,
  formula: String.raw`\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 \\
\hat m &= \frac{m}{1 - \beta_1^t}, \quad \hat v = \frac{v}{1 - \beta_2^t} \\
w &\leftarrow w - \frac{\eta \, \hat m}{\sqrt{\hat v + \epsilon}} && (\text{inside}) \\
w &\leftarrow w - \frac{\eta \, \hat m}{\sqrt{\hat v} + \epsilon} && (\text{outside})
\end{aligned}`,
  source: 'Teaching articles with epsilon inside the root; outside: Kingma & Ba (2015), arXiv:1412.6980, algorithm 1',
  note: {
    en: 'ε inside the root acts like √ε outside: 1e-8 limits the step as 1e-4 would in PyTorch, so weights with small gradients move less. `outside` equals PyTorch.',
    'zh-CN': 'ε 在根号内时，作用相当于根号外的 √ε：1e-8 的效果等于 PyTorch 中的 1e-4，梯度很小的权重因此移动得更少。`outside` 与 PyTorch 相同。',
  },
}

export const adam = defineOptimizer({
  type: 'adam',
  options: optimizerOptions({
    beta1: beta1Field,
    beta2: beta2Field,
    epsilon: epsilonField,
    amsgrad: amsgradField,
    epsilonPlacement: epsilonPlacementField,
  }),
  title: { en: 'Adam', 'zh-CN': 'Adam（自适应矩估计）' },
  help: {
    en: 'Momentum, with every weight’s step divided by the recent size of its gradient. The usual first choice: its default rate works for most models. Beware of a widely copied article that prints the step as m/(v²+ε), with the squares on the wrong moment and without a root: that is an error, not a variant, and is not offered here.',
    'zh-CN': '带动量，并将每个权重的步长除以其近期梯度的大小。通常的首选：默认学习率适用于大多数模型。注意：一篇被广泛转载的文章把更新写成 m/(v²+ε)，平方加错了对象，也漏了根号；那是错误而不是变体，这里不提供。',
  },
  formula: String.raw`w \leftarrow w - \eta \, \frac{\hat m}{\sqrt{\hat v} + \epsilon}`,
  source: 'Kingma & Ba (2015), Adam: A Method for Stochastic Optimization, arXiv:1412.6980, algorithm 1',
  dialects: { keras: kerasAdam, pytorch: pytorchAdam, textbook: textbookAdam },
  weightDecay: 'dialect',
})
