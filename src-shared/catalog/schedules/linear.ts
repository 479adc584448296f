import { defineSchedule, durationField, finalRateField, progress, scheduleOptions, unitField } from './schedule'

export const linear = defineSchedule({
  type: 'linear',
  options: scheduleOptions({ finalRate: finalRateField, duration: durationField, unit: unitField }),
  title: { en: 'Linear', 'zh-CN': '线性衰减' },
  help: {
    en: 'Falls evenly to the final rate and holds it. With a warm-up the usual choice for transformers. PyTorch’s LinearLR gives the end as a factor of the base rate; here it is a rate.',
    'zh-CN': '匀速下降到最终学习率后保持不变，配合预热是 Transformer 的常用选择。PyTorch 的 LinearLR 以基础学习率的倍数表示终点；这里直接写学习率。',
  },
  formula: String.raw`\eta_t = \eta + (\eta_T - \eta) \, \frac{\min(t, T)}{T}`,
  source: 'PyTorch 2, torch.optim.lr_scheduler.LinearLR; Keras 3, PolynomialDecay with power 1',
  rate: (step, context, options) => context.base + (options.finalRate - context.base) * progress(step, context, options),
})
