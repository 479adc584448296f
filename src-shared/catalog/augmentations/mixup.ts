import { z } from 'zod'
import { add, cast, floor, gather, greaterEqual, minimum, mul, oneHot, reshape, sub, where, type Tensor } from '@shared/graph'
import { field } from '../definition'
import { defineMixing, type Batch } from './augmentation'
import { uniform } from './parts/draws'
import { integerRamp } from './parts/grid'

/** Targets as numbers: one-hot rows, or 0 and 1 for a single output. */
function numbers({ targets, info }: Batch, outputs: number): Pick<Batch, 'targets' | 'info'> {
  if (info.kind === 'value') return { targets, info }
  const [batch] = targets.shape
  if (outputs === 1) return { targets: reshape(cast(targets, 'float32'), [batch, 1]), info: { kind: 'value', shape: [1], names: [] } }
  return { targets: oneHot(targets, info.classes), info: { kind: 'value', shape: [info.classes], names: [] } }
}

export const mixup = defineMixing({
  type: 'mixup',
  kind: 'mixing',
  options: z.object({
    alpha: field(z.number().gt(0).max(100).default(0.2), {
      en: 'Shape of the distribution of λ: small values mix little, 1 draws λ evenly. The paper used 0.1 to 0.4 on ImageNet, 1 on CIFAR-10.',
      'zh-CN': 'λ 分布的形状：较小时几乎不混合，1 时 λ 均匀分布。论文在 ImageNet 上取 0.1 至 0.4，在 CIFAR-10 上取 1。',
      symbol: String.raw`\alpha`,
    }),
  }),
  title: { en: 'Mixup', 'zh-CN': '混合（Mixup）' },
  help: {
    en: 'Trains on weighted means of two samples and of their targets: each sample with another of its batch, one λ a step. Metrics of training compare with the sample’s own label.',
    'zh-CN': '在两个样本及其目标的加权平均上训练：每个样本与同批的另一个混合，每步一个 λ。训练指标与样本自己的标签比较。',
  },
  formula: String.raw`\tilde x = \lambda x_i + (1 - \lambda) x_j, \quad \tilde y = \lambda y_i + (1 - \lambda) y_j, \quad \lambda \sim \operatorname{Beta}(\alpha, \alpha)`,
  source: 'Zhang et al., mixup: Beyond Empirical Risk Minimization, ICLR 2018, section 2 (partners at a random distance within the shuffled batch)',
  mix: (scope, batch, outputs, { alpha }) => {
    const [rows] = batch.features.shape
    const distance = cast(minimum(floor(uniform(scope, [1], 0, rows)), rows - 1), 'int32')
    const far = add(integerRamp(batch.features, rows, 1, [rows]), distance)
    const partners = where(greaterEqual(far, rows), sub(far, rows), far)
    const lambda = scope.beta(alpha)
    const mixed = (values: Tensor): Tensor => add(mul(values, lambda), mul(gather(values, partners), sub(1, lambda)))
    const { targets, info } = numbers(batch, outputs)
    return { features: mixed(batch.features), targets: mixed(targets), info }
  },
})
