import { z } from 'zod'
import { field } from '../definition'
import { inSteps, unitField } from '../schedules/schedule'
import { averagingOptions, defineAveraging } from './averaging'

export const swa = defineAveraging({
  type: 'swa',
  options: averagingOptions({
    start: field(z.number().min(0).max(1).default(0.75), { en: 'Share of the planned run after which averaging begins.', 'zh-CN': '计划训练进行到多大比例时开始平均。', symbol: 's' }),
    every: field(z.number().positive().default(1), { en: 'Distance between two weights that enter the average.', 'zh-CN': '两次纳入平均的权重之间的间隔。', symbol: 'c' }),
    unit: unitField,
  }),
  title: { en: 'Stochastic weight averaging (SWA)', 'zh-CN': '随机权重平均（SWA）' },
  help: {
    en: 'Averages the weights of many moments of the last part of the run, all alike. Finds the middle of a wide minimum that training at a constant or cyclical rate wanders about in: keep the rate up meanwhile (schedules constant or cyclical).',
    'zh-CN': '对训练后段多个时刻的权重取等权平均。以恒定或循环学习率训练时，权重会在宽阔极小区域内游走，平均值落在其中央；因此其间应保持较大的学习率（constant 或 cyclical 调度）。',
  },
  formula: String.raw`\bar w \leftarrow \frac{n \bar w + w}{n + 1} \quad \text{after a share } s \text{ of the run, every } c`,
  source: 'Izmailov et al. (2018), Averaging Weights Leads to Wider Optima and Better Generalization, arXiv:1803.05407, algorithm 1; PyTorch 2, torch.optim.swa_utils.AveragedModel',
  keep(step, context, { start, every, unit }) {
    const distance = inSteps(every, unit, context)
    const first = Math.max(1, Math.round((start * context.totalSteps) / distance)) * distance
    const since = step + 1 - first
    if (since < 0) return 0
    if (since % distance !== 0) return 1
    const averaged = since / distance
    return averaged / (averaged + 1)
  },
})
