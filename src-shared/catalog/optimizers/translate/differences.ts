import type { Text } from '../../definition'

/** How settings that are not equivalent show it. */
export const DIFFERENCES = {
  rateInBuffer: {
    en: 'Equal while the rate stays the same. After a change one buffer still carries steps of the old rate, of which μⁿ is left after n updates; the other follows at once.',
    'zh-CN': '学习率不变时二者相同。学习率改变后，一方的缓冲仍带有旧学习率的步长，n 次更新后还剩 μⁿ；另一方立即跟随。',
  },
  dampening: {
    en: 'Only PyTorch has dampening. The rate is scaled to match, but there the first gradient enters undamped: its surplus moves the weights at first and fades as μⁿ.',
    'zh-CN': '只有 PyTorch 有 dampening。学习率已按比例换算，但 PyTorch 的第一个梯度不受抑制：其多出的部分在开始时推动权重，按 μⁿ 消退。',
  },
  nesterov: {
    en: 'This dialect has no Nesterov momentum; the closest is plain momentum, which swings further in narrow valleys.',
    'zh-CN': '该方言没有 Nesterov 动量；最接近的是普通动量，在狭窄的谷中摆动更大。',
  },
  epsilonPlacement: {
    en: 'ε stands inside the root in one and outside in the other: √(v+ε²) against √v+ε. The steps differ by up to a factor of √2 where √v is about ε, and hardly where it is much larger.',
    'zh-CN': '一方的 ε 在根号内，另一方在根号外：√(v+ε²) 与 √v+ε。当 √v 与 ε 相当时步长最多相差 √2 倍，√v 大得多时几乎相同。',
  },
  epsilonHat: {
    en: 'Keras adds ε before the bias correction, others after it: at update t its ε counts 1/√(1−β₂ᵗ) times as much (32 times at first for β₂ = 0.999), so small gradients start more slowly. Later both agree.',
    'zh-CN': 'Keras 在偏差修正之前加 ε，其他在之后：第 t 次更新时其 ε 相当于 1/√(1−β₂ᵗ) 倍（β₂ = 0.999 时最初为 32 倍），因此小梯度起步更慢，之后二者趋于一致。',
  },
  epsilonAdamax: {
    en: 'Keras adds ε when dividing, PyTorch to the gradient’s size before the maximum. It shows only where gradients are about as small as ε.',
    'zh-CN': 'Keras 在相除时加 ε，PyTorch 在取最大值之前加到梯度大小上。只有梯度小到与 ε 相当时才有差别。',
  },
  rateDecay: {
    en: 'Only PyTorch’s Adagrad lowers its rate by itself. Elsewhere the schedule inverseTime does it: decayRate as here, every 1, unit steps.',
    'zh-CN': '只有 PyTorch 的 Adagrad 自行降低学习率。其他方言可用调度 inverseTime：decayRate 取同值，every 取 1，unit 取 steps。',
  },
  amsgrad: {
    en: 'This dialect has no AMSGrad: steps grow again when gradients become small after a large one.',
    'zh-CN': '该方言没有 AMSGrad：大梯度之后梯度变小时，步长会再次增大。',
  },
  centered: {
    en: 'This dialect does not subtract the squared mean of the gradients: steps are shorter where gradients keep their direction.',
    'zh-CN': '该方言不减去梯度均值的平方：梯度方向稳定时步长更短。',
  },
  momentum: {
    en: 'This dialect has no momentum: in the long run steps are 1−μ times as long. A rate 1/(1−μ) times as high makes up for their length, not for their smoothness.',
    'zh-CN': '该方言没有动量：长期看步长只有 1−μ 倍。把学习率乘以 1/(1−μ) 可补足长度，但不能补足平滑。',
  },
  momentumDecay: {
    en: 'Keras fixes the warm-up of the momentum at ψ = 1 (about 100 updates); with another ψ the first updates, with PyTorch’s 0.004 the first 25,000, have another momentum.',
    'zh-CN': 'Keras 将动量升温速度固定为 ψ = 1（约 100 次更新）；ψ 不同时，最初若干次更新（PyTorch 的 0.004 约为 25,000 次）的动量不同。',
  },
  weightDecay: {
    en: 'Decay is added to the gradient in one and shrinks the weights directly in the other. Added, it passes through the momentum and is divided like the gradient, so weights with large gradients decay less.',
    'zh-CN': '一方把衰减加到梯度上，另一方直接缩小权重。加到梯度上时，它会经过动量并像梯度一样被除，因此梯度大的权重衰减较少。',
  },
  lookAhead: {
    en: 'The frameworks store the look-ahead point w + μv as the weight, the textbook form the weight that it runs ahead of. The points follow the same path; the weights are μv behind, nothing at a minimum.',
    'zh-CN': '框架把前瞻点 w + μv 存为权重，教材写法存的是其后的权重。两者的前瞻点轨迹相同；权重落后 μv，在极小点处相同。',
  },
  rectification: {
    en: 'The paper trusts the variance of gradients where ρ is above 4, PyTorch where it is above 5: of the first updates one differs.',
    'zh-CN': '论文在 ρ 大于 4 时使用方差，PyTorch 在 ρ 大于 5 时使用：最初的更新中有一次不同。',
  },
  unknown: {
    en: 'No equivalence of these two forms is known; options of the same name are taken over.',
    'zh-CN': '未知这两种形式的等价设置；同名选项直接沿用。',
  },
} as const satisfies Readonly<Record<string, Text>>

export type DifferenceCode = keyof typeof DIFFERENCES

/** What the settings of a translation are worth. */
export const EXACTNESS = {
  always: { en: 'The equivalent settings move the weights exactly alike, whatever the schedule.', 'zh-CN': '等价设置使权重的移动完全相同，与学习率调度无关。' },
  constantRate: { en: 'The equivalent settings move the weights alike as long as the rate does not change.', 'zh-CN': '只要学习率不变，等价设置使权重的移动相同。' },
  never: { en: 'There are no equivalent settings; these are the closest.', 'zh-CN': '不存在等价设置；以下是最接近的设置。' },
} as const satisfies Readonly<Record<string, Text>>
