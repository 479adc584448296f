import { z } from 'zod'
import { abs, minimum, mul, sub } from '@shared/graph'
import { sampleMean } from '../axes'
import { field } from '../definition'
import { defineLoss } from './loss'
import { targetValues, valuesMisfit } from './parts/targets'

export const huber = defineLoss({
  type: 'huber',
  options: z.object({
    delta: field(z.number().gt(0).default(1), {
      en: 'Errors up to it count squared, larger ones linearly. In units of the target.',
      'zh-CN': '误差不超过该值时按平方计，超过后按线性计；单位与目标相同。',
      symbol: String.raw`\delta`,
    }),
  }),
  title: { en: 'Huber', 'zh-CN': 'Huber 损失' },
  help: {
    en: 'Squared for small errors, linear for large ones: smooth at the optimum, yet robust against outliers.',
    'zh-CN': '小误差取平方，大误差取线性：在最优点处平滑，又对离群值稳健。',
  },
  formula: String.raw`\ell = \frac{1}{n} \sum_{i=1}^{n} \begin{cases} \tfrac12 e_i^2 & |e_i| \le \delta \\ \delta\,(|e_i| - \tfrac12 \delta) & |e_i| > \delta \end{cases}, \quad e = \hat y - y`,
  source: 'Huber, Robust Estimation of a Location Parameter, 1964; https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html',
  check: valuesMisfit,
  lower: ({ output }, target, info, { delta }) => {
    const size = abs(sub(output, targetValues(output, target, info)))
    const quadratic = minimum(size, delta)
    return sampleMean(mul(quadratic, sub(size, mul(quadratic, 0.5))))
  },
})
