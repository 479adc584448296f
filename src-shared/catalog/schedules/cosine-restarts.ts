import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, finalRateField, inSteps, scheduleOptions, unitField } from './schedule'

/** The period that `step` lies in: its number from 0, and how far it has come, from 0 up to but not including 1. */
function periodAt(step: number, first: number, growth: number): { readonly period: number; readonly passed: number } {
  if (growth === 1) return { period: Math.floor(step / first), passed: (step % first) / first }
  let [period, start, length] = [0, 0, first]
  while (step >= start + length) [period, start, length] = [period + 1, start + length, length * growth]
  return { period, passed: (step - start) / length }
}

export const cosineRestarts = defineSchedule({
  type: 'cosineRestarts',
  options: scheduleOptions({
    period: field(z.number().positive().default(10), {
      en: 'Length of the first period, in the unit below.',
      'zh-CN': '第一个周期的长度，单位见下。',
      symbol: 'T_0',
    }),
    unit: unitField,
    periodGrowth: field(z.int().min(1).max(10).default(2), {
      en: 'Each period is this many times as long as the one before: 1 keeps them equal (PyTorch’s default), 2 is Keras’s.',
      'zh-CN': '每个周期的长度是前一个的多少倍：1 为等长（PyTorch 默认），2 为 Keras 默认。',
      symbol: 'c',
    }),
    peakFactor: field(z.number().positive().max(1).default(1), {
      en: 'How much of the height above the final rate each restart keeps; 1 restarts at the full rate. PyTorch knows only 1.',
      'zh-CN': '每次重启时保留的、高出最终学习率部分的比例；1 表示回到完整学习率。PyTorch 只支持 1。',
      symbol: 'm',
    }),
    finalRate: finalRateField,
  }),
  title: { en: 'Cosine with restarts', 'zh-CN': '带重启的余弦退火' },
  help: {
    en: 'Falls along half a cosine and jumps back to the start, again and again (SGDR): each restart can leave a poor minimum, and the end of each period is a good moment to keep the weights. PyTorch and Keras agree with it; Keras gives the final rate as a fraction of the base.',
    'zh-CN': '沿半个余弦下降后跳回起点，如此反复（SGDR）：每次重启有机会离开较差的极小值，每个周期末适合保存权重。与 PyTorch、Keras 一致；Keras 以基础学习率的比例给出最终学习率。',
  },
  formula: String.raw`\eta_t = \eta_T + \tfrac{1}{2} (\eta - \eta_T) \, m^{i} \left(1 + \cos \frac{\pi \, (t - t_i)}{T_i}\right), \qquad T_i = T_0 \, c^{i}, \quad t_i = \sum_{j < i} T_j`,
  source: 'Loshchilov & Hutter (2017), SGDR, arXiv:1608.03983, eq. 5; Keras 3, CosineDecayRestarts; PyTorch 2, CosineAnnealingWarmRestarts',
  rate(step, context, { period: first, unit, periodGrowth, peakFactor, finalRate }) {
    const { period, passed } = periodAt(step, inSteps(first, unit, context), periodGrowth)
    return finalRate + ((context.base - finalRate) * peakFactor ** period * (1 + Math.cos(Math.PI * passed))) / 2
  },
})
