import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, inSteps, scheduleOptions, unitField } from './schedule'

export const exponential = defineSchedule({
  type: 'exponential',
  options: scheduleOptions({
    gamma: field(z.number().positive().default(0.95), {
      en: 'What the rate is multiplied by over each period.',
      'zh-CN': '每个周期学习率所乘的倍数。',
      symbol: '\\gamma',
    }),
    every: field(z.number().positive().default(1), {
      en: 'Length of a period, in the unit below.',
      'zh-CN': '一个周期的长度，单位见下。',
      symbol: 'S',
    }),
    unit: unitField,
    staircase: field(z.boolean().default(false), {
      en: 'Change at the end of each period only (PyTorch’s ExponentialLR per epoch) instead of at every update (Keras).',
      'zh-CN': '只在每个周期结束时改变（PyTorch 按轮次的 ExponentialLR），而不是每次更新都改变（Keras）。',
    }),
  }),
  title: { en: 'Exponential', 'zh-CN': '指数衰减' },
  help: {
    en: 'Shrinks by the same factor over every period, smoothly or in stairs. Needs no planned length; with a factor above 1 it raises the rate, as a learning-rate range test does.',
    'zh-CN': '每个周期按相同倍数缩小，可平滑也可呈阶梯状。不需要预先知道训练长度；倍数大于 1 时学习率上升，可用于学习率范围测试。',
  },
  formula: String.raw`\eta_t = \eta \, \gamma^{t / S} \qquad (\text{staircase: } \gamma^{\lfloor t / S \rfloor})`,
  source: 'Keras 3, ExponentialDecay; PyTorch 2, torch.optim.lr_scheduler.ExponentialLR',
  rate(t, context, { gamma, every, unit, staircase }) {
    const periods = t / inSteps(every, unit, context)
    return context.base * gamma ** (staircase ? Math.floor(periods) : periods)
  },
})
