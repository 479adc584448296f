import { z } from 'zod'
import { field } from '../definition'
import { defineStopping } from './stopping'

/** Key of the mean norm of an epoch's gradients. */
export const GRADIENT_NORM = 'epoch.gradientNorm'

export const gradientNorm = defineStopping({
  type: 'gradientNorm',
  reason: 'stopped-gradient-norm',
  options: z.object({
    bound: field(z.number().positive().default(1e-3), { en: 'Norm below which the gradient counts as zero.', 'zh-CN': '梯度范数低于此值即视为零。', symbol: 'b' }),
  }),
  title: { en: 'Gradient norm', 'zh-CN': '梯度范数' },
  help: {
    en: 'Ends when the gradient of all weights together is short: the mean over the epoch’s updates, before clipping. The first-order condition of a minimum, meant for batch gradient descent; the gradients of small batches stay large at a minimum, too.',
    'zh-CN': '当全部权重的梯度范数（整轮更新的平均，裁剪之前）足够小时结束。这是极小点的一阶条件，适用于批量梯度下降；小批次的梯度即使在极小点也不会变小。',
  },
  formula: String.raw`\overline{\lVert \nabla L \rVert_2} < b`,
  source: 'Nocedal & Wright (2006), Numerical Optimization, section 2.1 and 3.1',
  monitor: () => GRADIENT_NORM,
  judge: (value, memory, _sign, { bound }) => ({ memory, stop: value < bound, improved: false }),
})
