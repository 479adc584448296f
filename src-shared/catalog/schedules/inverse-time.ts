import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, inSteps, scheduleOptions, unitField } from './schedule'

export const inverseTime = defineSchedule({
  type: 'inverseTime',
  options: scheduleOptions({
    decayRate: field(z.number().positive().default(0.5), {
      en: 'How much the divisor grows over each period: with 1, the rate is halved after the first one.',
      'zh-CN': '每个周期分母增加的量：取 1 时，第一个周期后学习率减半。',
      symbol: 'k',
    }),
    every: field(z.number().positive().default(1), {
      en: 'Length of a period, in the unit below.',
      'zh-CN': '一个周期的长度，单位见下。',
      symbol: 'S',
    }),
    unit: unitField,
    staircase: field(z.boolean().default(false), {
      en: 'Change at the end of each period only instead of at every update.',
      'zh-CN': '只在每个周期结束时改变，而不是每次更新都改变。',
    }),
  }),
  title: { en: 'Inverse time', 'zh-CN': '逆时间衰减' },
  help: {
    en: 'Divides the rate by a number that grows evenly with time: fast at first, then ever more slowly, never reaching zero. The classic rate of stochastic approximation (Robbins and Monro), and `decay` of older Keras optimizers. PyTorch has none; LambdaLR writes it.',
    'zh-CN': '把学习率除以随时间匀速增长的数：先快后慢，永不为零。这是随机逼近（Robbins 与 Monro）的经典步长，也是旧版 Keras 优化器的 `decay`。PyTorch 没有对应的调度器，可用 LambdaLR 写出。',
  },
  formula: String.raw`\eta_t = \frac{\eta}{1 + k \, t / S} \qquad (\text{staircase: } \lfloor t / S \rfloor)`,
  source: 'Robbins & Monro (1951), A Stochastic Approximation Method; Keras 3, InverseTimeDecay',
  rate(t, context, { decayRate, every, unit, staircase }) {
    const periods = t / inSteps(every, unit, context)
    return context.base / (1 + decayRate * (staircase ? Math.floor(periods) : periods))
  },
})
