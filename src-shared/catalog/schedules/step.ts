import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, inSteps, scheduleOptions, unitField } from './schedule'

export const step = defineSchedule({
  type: 'step',
  options: scheduleOptions({
    stepSize: field(z.number().positive().default(10), {
      en: 'Length of a stair, in the unit below.',
      'zh-CN': '每级台阶的长度，单位见下。',
      symbol: 'S',
    }),
    unit: unitField,
    gamma: field(z.number().positive().default(0.1), {
      en: 'What the rate is multiplied by at each stair.',
      'zh-CN': '每级台阶学习率所乘的倍数。',
      symbol: '\\gamma',
    }),
  }),
  title: { en: 'Step', 'zh-CN': '阶梯衰减' },
  help: {
    en: 'Keeps the rate and multiplies it by γ after every S epochs or updates. The classic recipe for image models; the loss drops visibly at each stair. The drop takes effect at update S itself, as in PyTorch’s StepLR; Keras’s PiecewiseConstantDecay still uses the old rate at its boundary and drops one update later.',
    'zh-CN': '每隔 S 个轮次或更新将学习率乘以 γ，其余时间不变。图像模型的经典方案，每次下降时损失会明显降低。与 PyTorch 的 StepLR 一样，第 S 次更新起即用新学习率；Keras 的 PiecewiseConstantDecay 在边界处仍用旧学习率，晚一次更新才下降。',
  },
  formula: String.raw`\eta_t = \eta \, \gamma^{\lfloor t / S \rfloor}`,
  source: 'PyTorch 2, torch.optim.lr_scheduler.StepLR',
  rate: (t, context, { stepSize, unit, gamma }) => context.base * gamma ** Math.floor(t / inSteps(stepSize, unit, context)),
})
