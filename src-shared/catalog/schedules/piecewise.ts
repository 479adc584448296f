import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, inSteps, scheduleOptions, unitField } from './schedule'

const pieceSchema = z.strictObject({
  from: field(z.number().positive(), {
    en: 'When the piece starts, in the unit below.',
    'zh-CN': '该段的开始时间，单位见下。',
    symbol: 'b_i',
  }),
  factor: field(z.number().min(0), {
    en: 'What the learning rate is multiplied by from then on.',
    'zh-CN': '此后学习率所乘的倍数。',
    symbol: 'f_i',
  }),
})

export const piecewise = defineSchedule({
  type: 'piecewise',
  options: scheduleOptions({
    pieces: field(
      z
        .array(pieceSchema)
        .min(1)
        .default([
          { from: 10, factor: 0.1 },
          { from: 15, factor: 0.01 },
        ]),
      {
        en: 'Pieces {from, factor} in any order; before the first one the learning rate holds. Factors are of the learning rate, not of the piece before.',
        'zh-CN': '各段 {from, factor}，顺序不限；第一段之前为所设学习率。倍数相对于所设学习率，而非前一段。',
      },
    ),
    unit: unitField,
  }),
  title: { en: 'Piecewise constant', 'zh-CN': '分段常数' },
  help: {
    en: 'Constant rates that change at given times, for recipes with unequal stairs. A piece holds from its update on, as in PyTorch’s MultiStepLR (which multiplies by one γ each time); Keras’s PiecewiseConstantDecay gives rates, and still uses the old one at its boundary.',
    'zh-CN': '在给定时刻改变的恒定学习率，用于间隔或幅度不等的方案。与 PyTorch 的 MultiStepLR（每次乘同一 γ）一样，各段从其起始更新起生效；Keras 的 PiecewiseConstantDecay 直接给出学习率，且在边界处仍用旧值。',
  },
  formula: String.raw`\eta_t = \eta \, f_i \quad (b_i \le t < b_{i + 1}), \qquad \eta_t = \eta \quad (t < b_1)`,
  source: 'PyTorch 2, torch.optim.lr_scheduler.MultiStepLR; Keras 3, PiecewiseConstantDecay',
  rate(t, context, { pieces, unit }) {
    let current = { start: 0, factor: 1 }
    for (const { from, factor } of pieces) {
      const start = inSteps(from, unit, context)
      if (start <= t && start >= current.start) current = { start, factor }
    }
    return context.base * current.factor
  },
})
