import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, inSteps, scheduleOptions, unitField } from './schedule'
import { warmupSteps } from './warmup'

export const inverseSqrt = defineSchedule({
  type: 'inverseSqrt',
  options: scheduleOptions({
    timescale: field(z.number().positive().optional(), {
      en: 'After three times this length the rate is halved. Left out: the length of the warm-up, as in the Transformer paper; one epoch without a warm-up.',
      'zh-CN': '经过此长度的三倍后学习率减半。省略时等于预热长度（与 Transformer 论文一致）；没有预热时为一个轮次。',
      symbol: 'S',
    }),
    unit: unitField,
  }),
  title: { en: 'Inverse square root', 'zh-CN': '逆平方根衰减' },
  help: {
    en: 'Falls as one over the root of time, without a planned end. With a warm-up it is the Transformer’s schedule (Noam), whose peak d^(−1/2)·W^(−1/2) is the learning rate here. PyTorch and Keras have none; LambdaLR writes it.',
    'zh-CN': '按时间平方根的倒数下降，无需预定终点。配合预热即为 Transformer 的调度（Noam），其峰值 d^(−1/2)·W^(−1/2) 就是这里的学习率。PyTorch 与 Keras 没有对应调度器，可用 LambdaLR 写出。',
  },
  formula: String.raw`\eta_t = \eta \sqrt{\frac{S}{S + t}}`,
  source: 'Vaswani et al. (2017), Attention Is All You Need, arXiv:1706.03762, eq. 3',
  rate(t, context, { timescale, unit, warmup }) {
    const scale = timescale === undefined ? warmupSteps(warmup, context) || inSteps(1, 'epochs', context) : inSteps(timescale, unit, context)
    return context.base * Math.sqrt(scale / (scale + t))
  },
})
