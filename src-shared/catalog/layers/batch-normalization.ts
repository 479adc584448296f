import { z } from 'zod'
import { abs, add, div, greaterEqual, mul, neg, reduceMean, reshape, sizeOf, sqrt, stopGradient, sub, where, type Shape, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineLayer, type LayerScope } from './layer'
import { problem, shown } from './parts/problems'

/** Momentum is the weight of the old running value in both; PyTorch’s own 0.1 is that of the new one. */
export const BATCH_NORMALIZATION_DEFAULTS = {
  keras: { momentum: 0.99, epsilon: 1e-3 },
  pytorch: { momentum: 0.9, epsilon: 1e-5 },
} as const

interface Statistics {
  readonly mean: Tensor
  readonly variance: Tensor
}

/** Where a sample of this shape has its channels: `[channels, …]`, but the features of `[time, features]`. */
export function channelAxis(sample: Shape): number {
  return sample.length === 2 ? 1 : 0
}

/** The same of a batch. */
function axisOf(x: Tensor): number {
  return 1 + channelAxis(x.shape.slice(1))
}

/** A value per channel, `[channels]`, laid beside a batch. */
function alongChannels(x: Tensor, perChannel: Tensor): Tensor {
  const axis = axisOf(x)
  return axis === x.shape.length - 1 ? perChannel : reshape(perChannel, [x.shape[axis], ...x.shape.slice(axis + 1).map(() => 1)])
}

function scaleAndShift(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  return add(mul(x, alongChannels(x, scale)), alongChannels(x, shift))
}

interface Affine {
  readonly gamma: Tensor | null
  readonly beta: Tensor | null
}

function affineOf(scope: LayerScope, channels: number, options: { readonly center: boolean; readonly scale: boolean }): Affine {
  const request = { shape: [channels], role: 'norm', fanIn: channels, fanOut: channels } as const
  return {
    gamma: options.scale ? scope.weight({ ...request, name: 'gamma', initializer: { type: 'ones' } }) : null,
    beta: options.center ? scope.weight({ ...request, name: 'beta', initializer: { type: 'zeros' } }) : null,
  }
}

/** γ / √(variance + ε), `[channels]`. */
function scaleOf({ gamma }: Affine, variance: Tensor, epsilon: number): Tensor {
  return div(gamma ?? 1, sqrt(add(variance, epsilon)))
}

/** β − mean · scale, `[channels]`. */
function shiftOf({ beta }: Affine, mean: Tensor, scale: Tensor): Tensor {
  const moved = mul(mean, scale)
  return beta === null ? neg(moved) : sub(beta, moved)
}

/**
 * Normalizes by the batch's statistics. The batch is first moved by its mean as a constant: the moments of what
 * remains lose no digits (Chan, Golub & LeVeque, 1983), and since the result does not depend on the constant, its
 * derivatives of every order are right without one flowing through it. `rest` is the remaining mean: zero in value, it
 * carries the gradient in `[channels]` where centering `x` itself would need one more pass over the batch.
 */
function normalizeBatch(x: Tensor, affine: Affine, epsilon: number): { readonly y: Tensor; readonly statistics: Statistics } {
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== axisOf(x))
  const mean = reduceMean(x, { axes })
  const origin = stopGradient(mean)
  const moved = sub(x, alongChannels(x, origin))
  const rest = sub(mean, origin)
  const variance = sub(reduceMean(mul(moved, moved), { axes }), mul(rest, rest))
  const scale = scaleOf(affine, variance, epsilon)
  return { y: scaleAndShift(moved, scale, shiftOf(affine, rest, scale)), statistics: { mean, variance } }
}

/** momentum · old + (1 − momentum) · found. */
function running(old: Tensor, found: Tensor, momentum: number): Tensor {
  return add(mul(old, momentum), mul(found, 1 - momentum))
}

/** Records how far the batch's statistics are from the running ones. */
function reportGap(scope: LayerScope, batch: Statistics, old: Statistics, epsilon: number): void {
  const spread = add(stopGradient(old.variance), epsilon)
  scope.report('meanGap', reduceMean(div(abs(sub(stopGradient(batch.mean), old.mean)), sqrt(spread)), { axes: [0] }))
  scope.report('varianceRatio', reduceMean(div(add(stopGradient(batch.variance), epsilon), spread), { axes: [0] }))
}

export const batchNormalization = defineLayer({
  type: 'batchNormalization',
  options: z.object({
    dialect: field(z.enum(['keras', 'pytorch']).default('keras'), {
      en: 'Whose defaults and running variance: `keras` averages the population variance (÷ n), `pytorch` the unbiased one (÷ (n − 1)).',
      'zh-CN': '采用哪个框架的默认值与滑动方差：`keras` 累积总体方差（÷ n），`pytorch` 累积无偏方差（÷ (n − 1)）。',
    }),
    momentum: field(z.number().min(0).max(1).optional(), {
      en: 'Weight of the old running statistics in each step. Default 0.99 (keras) or 0.9 (pytorch, whose own `momentum` is the weight of the new value, 0.1).',
      'zh-CN': '每步中旧的滑动统计量所占的权重。默认 0.99（keras）或 0.9（pytorch；其 `momentum` 指新值的权重，即 0.1）。',
      symbol: 'm',
    }),
    epsilon: field(z.number().gt(0).optional(), {
      en: 'Added to the variance before the root. Default 1e-3 (keras) or 1e-5 (pytorch).',
      'zh-CN': '开方前加到方差上的小量。默认 1e-3（keras）或 1e-5（pytorch）。',
      symbol: String.raw`\epsilon`,
    }),
    center: field(z.boolean().default(true), {
      en: 'Adds a trained shift per channel.',
      'zh-CN': '为每个通道加上可训练的平移。',
      symbol: String.raw`\beta`,
    }),
    scale: field(z.boolean().default(true), {
      en: 'Multiplies by a trained factor per channel.',
      'zh-CN': '为每个通道乘以可训练的系数。',
      symbol: String.raw`\gamma`,
    }),
    freezeAfter: field(z.int().min(0).max(2 ** 24).optional(), {
      en: 'Updates after which the running statistics no longer change and training uses them, too; 0: from the start. Shift and factor go on learning, as with PyTorch’s `eval()` of this layer. Left out: never.',
      'zh-CN': '经过多少次更新后滑动统计量不再变化、训练也改用它；0 表示从一开始。平移与系数仍继续学习，相当于 PyTorch 对本层调用 `eval()`。省略则从不冻结。',
      unit: 'steps',
    }),
    compare: field(z.boolean().default(false), {
      en: 'Records with every step how far the batch’s statistics are from the running ones: `meanGap` (in running deviations) and `varianceRatio`, averaged over the channels.',
      'zh-CN': '每一步记录批次统计量与滑动统计量之差：`meanGap`（以滑动标准差为单位）与 `varianceRatio`，对通道取平均。',
    }),
  }),
  title: { en: 'Batch normalization', 'zh-CN': '批归一化' },
  help: {
    en: 'Gives every channel (of a vector or a sequence: every feature) zero mean and unit variance over the batch (of a sequence: and time) while training, and uses running statistics afterwards. Allows larger learning rates; needs batches of more than a few rows.',
    'zh-CN': '训练时使每个通道（向量与序列则为每个特征）在批内（序列还包括时间）均值为零、方差为一，之后使用滑动统计量。可采用更大的学习率；批次不宜过小。',
  },
  formula: String.raw`y = \gamma \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} + \beta, \qquad \mu \leftarrow m \mu + (1 - m) \mu_B, \quad \sigma^2 \leftarrow m \sigma^2 + (1 - m) \sigma_B^2`,
  source: 'Ioffe & Szegedy, Batch Normalization, ICML 2015, algorithms 1 and 2; https://keras.io/api/layers/normalization_layers/batch_normalization/; https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html',
  group: 'normalization',
  arity: [1, 1],
  infer: ([shape]) => (shape.length > 0 ? { shape } : problem('layer-needs-vector', { shape: shown(shape) })),
  lower: (scope, [x], options) => {
    const defaults = BATCH_NORMALIZATION_DEFAULTS[options.dialect]
    const { momentum = defaults.momentum, epsilon = defaults.epsilon } = options
    const channels = x.shape[axisOf(x)]
    const affine = affineOf(scope, channels, options)
    const old = { mean: scope.statistic('movingMean', [channels], 0), variance: scope.statistic('movingVariance', [channels], 1) }
    const byRunning = (): Tensor => {
      const scale = scaleOf(affine, old.variance, epsilon)
      return scaleAndShift(x, scale, shiftOf(affine, old.mean, scale))
    }
    const { freezeAfter } = options
    if (!scope.training || (freezeAfter === 0 && !options.compare)) return byRunning()
    const { y, statistics } = normalizeBatch(x, affine, epsilon)
    if (options.compare) reportGap(scope, statistics, old, epsilon)
    if (freezeAfter === 0) return byRunning()
    const count = sizeOf(x.shape) / channels
    const variance = options.dialect === 'pytorch' && count > 1 ? mul(statistics.variance, count / (count - 1)) : statistics.variance
    const frozen = freezeAfter === undefined ? null : greaterEqual(scope.step(), freezeAfter)
    const kept = (before: Tensor, next: Tensor): Tensor => (frozen === null ? next : where(frozen, before, next))
    scope.updateStatistic('movingMean', kept(old.mean, running(old.mean, statistics.mean, momentum)))
    scope.updateStatistic('movingVariance', kept(old.variance, running(old.variance, variance, momentum)))
    return frozen === null ? y : where(frozen, byRunning(), y)
  },
})
