import { defineSchedule, durationField, finalRateField, progress, scheduleOptions, unitField } from './schedule'

export const cosine = defineSchedule({
  type: 'cosine',
  options: scheduleOptions({ finalRate: finalRateField, duration: durationField, unit: unitField }),
  title: { en: 'Cosine', 'zh-CN': '余弦退火' },
  help: {
    en: 'Falls along half a cosine: slowly at first, fastest in the middle, slowly into the final rate. A good default for runs of known length. PyTorch’s CosineAnnealingLR rises again after its length; here, as in Keras, the final rate holds.',
    'zh-CN': '沿半个余弦下降：开始慢、中间快、最后缓慢接近最终学习率，是已知长度训练的良好默认选择。PyTorch 的 CosineAnnealingLR 超过长度后会回升；这里与 Keras 一样保持最终学习率。',
  },
  formula: String.raw`\eta_t = \eta_T + \tfrac{1}{2} (\eta - \eta_T) \left(1 + \cos \frac{\pi \min(t, T)}{T}\right)`,
  source: 'Loshchilov & Hutter (2017), SGDR, arXiv:1608.03983, eq. 5, one period',
  rate(step, context, options) {
    const fallen = (1 + Math.cos(Math.PI * progress(step, context, options))) / 2
    return options.finalRate + (context.base - options.finalRate) * fallen
  },
})
