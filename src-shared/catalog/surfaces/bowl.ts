import { z } from 'zod'
import { add, mul } from '@shared/graph'
import { defineSurface } from './surface'

export const bowl = defineSurface({
  type: 'bowl',
  options: z.object({}),
  title: { en: 'Long bowl', 'zh-CN': '狭长碗形' },
  help: {
    en: 'Twenty times as steep across as along. Gradient descent zigzags over the narrow side, or crawls along the long one; momentum damps the one and speeds up the other.',
    'zh-CN': 'y 方向的陡峭程度是 x 方向的 20 倍。梯度下降在窄边来回震荡，或沿长边缓慢爬行；动量能抑制前者并加速后者。',
  },
  formula: String.raw`f(x, y) = \tfrac{x^2}{20} + y^2`,
  source: 'Saito (2016), Deep Learning from Scratch, section 6.1, eq. 6.2',
  view: { x: [-10, 10], y: [-5, 5] },
  start: [-7, 2],
  minima: [{ at: [0, 0], value: 0 }],
  showcase: { steps: 60, rates: { sgd: 0.95, momentum: 0.1, adagrad: 1.5, adam: 0.3 } },
  lower: (x, y) => add(mul(mul(x, x), 1 / 20), mul(y, y)),
})
