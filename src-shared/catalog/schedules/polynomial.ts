import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, durationField, finalRateField, progress, scheduleOptions, unitField } from './schedule'

export const polynomial = defineSchedule({
  type: 'polynomial',
  options: scheduleOptions({
    power: field(z.number().positive().default(2), {
      en: 'Exponent: 1 is the linear schedule, above 1 falls fast first, below 1 falls late. PyTorch and Keras default to 1.',
      'zh-CN': '指数：1 即线性衰减，大于 1 先快后慢，小于 1 后期才下降。PyTorch 与 Keras 默认为 1。',
      symbol: 'p',
    }),
    finalRate: finalRateField,
    duration: durationField,
    unit: unitField,
  }),
  title: { en: 'Polynomial', 'zh-CN': '多项式衰减' },
  help: {
    en: 'Falls to the final rate along a power of the remaining time and holds it there. Power 0.9 is usual for segmentation, 1 for transformers. PyTorch’s PolynomialLR always ends at 0; Keras’s PolynomialDecay has the final rate, and can also start again (cycle), which is left out here.',
    'zh-CN': '按剩余时间的幂下降到最终学习率后保持不变。语义分割常用 0.9 次幂，Transformer 常用 1 次。PyTorch 的 PolynomialLR 总是降到 0；Keras 的 PolynomialDecay 可设最终学习率，另有循环（cycle）选项，这里不提供。',
  },
  formula: String.raw`\eta_t = \eta_T + (\eta - \eta_T) \left(1 - \frac{\min(t, T)}{T}\right)^{p}`,
  source: 'Keras 3, PolynomialDecay; PyTorch 2, torch.optim.lr_scheduler.PolynomialLR',
  rate: (step, context, options) => options.finalRate + (context.base - options.finalRate) * (1 - progress(step, context, options)) ** options.power,
})
