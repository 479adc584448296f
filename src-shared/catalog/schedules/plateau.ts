import { z } from 'zod'
import { field } from '../definition'
import { directionField, monitorField } from '../stopping/stopping'
import { defineSchedule, scheduleOptions } from './schedule'

export const plateau = defineSchedule({
  type: 'plateau',
  options: scheduleOptions({
    monitor: monitorField,
    factor: field(z.number().positive().lt(1).default(0.1), { en: 'What the rate is multiplied by at each reduction, below 1.', 'zh-CN': '每次降低时学习率所乘的倍数，小于 1。', symbol: '\\gamma' }),
    patience: field(z.int().min(1).max(1_000_000).default(10), {
      en: 'So many evaluations without improvement before the rate is reduced. PyTorch’s patience is one less.',
      'zh-CN': '连续多少次评估没有改善后降低学习率。PyTorch 的 patience 比它小 1。',
      symbol: 'p',
      unit: 'evaluations',
    }),
    minDelta: field(z.number().min(0).default(1e-4), { en: 'Least change that counts as an improvement.', 'zh-CN': '视为改善的最小变化量。', symbol: '\\delta' }),
    relative: field(z.boolean().default(false), {
      en: 'Measure that change as a share of the best value, as PyTorch does, instead of in units of the metric, as Keras does.',
      'zh-CN': '把该变化量按最佳值的比例计算（PyTorch 的做法），而不是按指标的单位（Keras 的做法）。',
    }),
    cooldown: field(z.int().min(0).max(1_000_000).default(0), { en: 'So many evaluations after a reduction do not count.', 'zh-CN': '每次降低后不计数的评估次数。', unit: 'evaluations' }),
    minRate: field(z.number().min(0).default(0), { en: 'The rate is not reduced below this.', 'zh-CN': '学习率的下限。', symbol: '\\eta_0' }),
    direction: directionField,
  }),
  title: { en: 'Reduce on plateau', 'zh-CN': '平台期降低（ReduceLROnPlateau）' },
  help: {
    en: 'Keeps the rate until a metric stops improving, then multiplies it by γ. Adapts to the run instead of following a plan, so its future cannot be drawn; each reduction leaves a mark on the charts. Counts as Keras’s ReduceLROnPlateau does, in evaluations.',
    'zh-CN': '学习率保持不变，直到指标不再改善，再乘以 γ。它随训练情况调整，而不是按计划变化，因此无法预先画出；每次降低都会在图上留下标记。计数方式与 Keras 的 ReduceLROnPlateau 相同，以评估次数计。',
  },
  formula: String.raw`\eta \leftarrow \max(\gamma \eta, \eta_0) \quad \text{once } x_k \ge \min_{j \le k - p} x_j - \delta \text{ for } p \text{ evaluations}`,
  source: 'Keras 3, keras.callbacks.ReduceLROnPlateau; PyTorch 2, torch.optim.lr_scheduler.ReduceLROnPlateau',
  rate: (_step, { base }) => base,
  monitor: (options) => options.monitor,
  react(value, [best = Number.MAX_VALUE, waited = 0, resting = 0], sign, { factor, patience, minDelta, relative, cooldown }) {
    const left = Math.max(0, resting - 1)
    const needed = relative && best !== Number.MAX_VALUE ? minDelta * Math.abs(best) : minDelta
    if (sign * value < best - needed) return { memory: [sign * value, 0, left], factor: 1 }
    const count = left > 0 ? 0 : (resting > 0 ? 0 : waited) + 1
    return count >= patience ? { memory: [best, 0, cooldown], factor } : { memory: [best, count, left], factor: 1 }
  },
  lowest: (options) => options.minRate,
})
