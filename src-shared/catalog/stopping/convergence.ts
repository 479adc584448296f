import { z } from 'zod'
import { field } from '../definition'
import { defineStopping } from './stopping'

export const convergence = defineStopping({
  type: 'convergence',
  reason: 'stopped-convergence',
  options: z.object({
    monitor: field(z.string().min(1).max(100).default('epoch.loss'), {
      en: 'Recorded metric to look at, `epoch.loss` unless said otherwise.',
      'zh-CN': '所关注的记录指标，默认 `epoch.loss`。',
      symbol: 'x',
    }),
    bound: field(z.number().positive().default(1e-4), { en: 'Relative change below which the metric counts as standing still.', 'zh-CN': '相对变化低于此值即视为不再变化。', symbol: 'b' }),
    patience: field(z.int().min(1).max(1_000_000).default(1), { en: 'So many times in a row.', 'zh-CN': '需连续满足的次数。', symbol: 'p' }),
  }),
  title: { en: 'Convergence of the loss', 'zh-CN': '损失收敛' },
  help: {
    en: 'Ends when the loss hardly changes any more from one epoch to the next, measured against its own size. With batch gradient descent it tells that a minimum (or a plateau) is reached; with small batches the noise of the batches moves the loss, and the bound must be larger.',
    'zh-CN': '当损失在相邻轮次之间的相对变化很小时结束。批量梯度下降时说明已到达极小点（或平台）；小批次时批次噪声会使损失波动，阈值应取大些。',
  },
  formula: String.raw`\frac{|x_k - x_{k-1}|}{|x_{k-1}|} < b \quad p \text{ times in a row}`,
  source: 'Nocedal & Wright (2006), Numerical Optimization, chapter 3; SciPy’s ftol, https://docs.scipy.org/doc/scipy/reference/optimize.minimize-lbfgsb.html',
  monitor: (options) => options.monitor,
  judge(value, [previous, count = 0], _sign, { bound, patience }) {
    const still = previous !== undefined && Math.abs(value - previous) < bound * Math.abs(previous)
    const times = still ? count + 1 : 0
    return { memory: Number.isFinite(value) ? [value, times] : [], stop: times >= patience, improved: false }
  },
})
