import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, durationField, inSteps, scheduleOptions, unitField } from './schedule'

const shapes = {
  cosine: (from: number, to: number, passed: number) => to + ((from - to) * (1 + Math.cos(Math.PI * passed))) / 2,
  linear: (from: number, to: number, passed: number) => from + (to - from) * passed,
}

export const oneCycle = defineSchedule({
  type: 'oneCycle',
  options: scheduleOptions({
    riseFraction: field(z.number().min(0).lt(1).default(0.3), {
      en: 'Part of the cycle in which the rate rises. PyTorch’s pct_start.',
      'zh-CN': '学习率上升阶段占整个周期的比例，即 PyTorch 的 pct_start。',
      symbol: 'r',
    }),
    startDivisor: field(z.number().min(1).default(25), {
      en: 'The cycle starts at the learning rate divided by this.',
      'zh-CN': '周期从学习率除以此数处开始。',
      symbol: 'd',
    }),
    finalDivisor: field(z.number().min(1).default(1e4), {
      en: 'The cycle ends at the starting rate divided by this.',
      'zh-CN': '周期结束于起始学习率再除以此数。',
      symbol: 'D',
    }),
    anneal: field(z.enum(['cosine', 'linear']).default('cosine'), {
      en: 'Shape of rise and fall: half a cosine, or straight (the paper).',
      'zh-CN': '上升与下降的形状：半个余弦，或直线（论文做法）。',
      symbol: 'a',
    }),
    duration: durationField,
    unit: unitField,
  }),
  title: { en: 'One cycle', 'zh-CN': '单周期（1cycle）' },
  help: {
    en: 'Rises from a small rate to the learning rate, the peak, and falls to nearly nothing: fast training with large rates (super-convergence). The learning rate is PyTorch’s max_lr, and as there the last update of the cycle has the final rate. It brings its own warm-up. Two phases; `momentum` moves against the rate where it is given, as PyTorch’s does by default. Keras has none.',
    'zh-CN': '从较小的学习率升到峰值（即所设学习率），再降到接近零：用大学习率快速训练（super-convergence）。所设学习率即 PyTorch 的 max_lr，并与其一样由周期的最后一次更新取到最终值。它自带预热。共两个阶段；给出 `momentum` 时动量与学习率反向变化，与 PyTorch 的默认行为相同。Keras 没有对应调度器。',
  },
  formula: String.raw`\eta_t = \begin{cases} a\!\left(\frac{\eta}{d}, \eta, \frac{t}{r T - 1}\right) & t < r T - 1 \\ a\!\left(\eta, \frac{\eta}{d D}, \frac{t - (r T - 1)}{T - r T}\right) & t < T \end{cases}`,
  source: 'Smith & Topin (2018), Super-Convergence, arXiv:1708.07120; PyTorch 2, torch.optim.lr_scheduler.OneCycleLR',
  height(step, context, { riseFraction, anneal, duration, unit }) {
    const length = duration === undefined ? context.totalSteps : inSteps(duration, unit, context)
    const [peakAt, end] = [Math.max(riseFraction * length - 1, 0), length - 1]
    if (step < peakAt) return shapes[anneal](0, 1, step / peakAt)
    return step >= end ? 0 : shapes[anneal](1, 0, (step - peakAt) / (end - peakAt))
  },
  rate(step, context, { riseFraction, startDivisor, finalDivisor, anneal, duration, unit }) {
    const length = duration === undefined ? context.totalSteps : inSteps(duration, unit, context)
    const [start, peakAt, end] = [context.base / startDivisor, Math.max(riseFraction * length - 1, 0), length - 1]
    if (step < peakAt) return shapes[anneal](start, context.base, step / peakAt)
    const final = start / finalDivisor
    return step >= end ? final : shapes[anneal](context.base, final, (step - peakAt) / (end - peakAt))
  },
})
