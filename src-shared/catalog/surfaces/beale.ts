import { z } from 'zod'
import { add, mul, sub, type Tensor } from '@shared/graph'
import { defineSurface } from './surface'

export const beale = defineSurface({
  type: 'beale',
  options: z.object({}),
  title: { en: 'Beale', 'zh-CN': 'Beale 函数' },
  help: {
    en: 'Flat in the middle, with walls that rise steeply towards the corners: gradients differ by orders of magnitude, so that one rate is too large here and too small there.',
    'zh-CN': '中部平坦，四角急剧升高：梯度大小相差几个数量级，同一学习率在一处过大、在另一处过小。',
  },
  formula: String.raw`f(x, y) = (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2`,
  source: 'Beale (1958), On an iterative method for finding a local minimum of a function of more than one variable',
  view: { x: [-4.5, 4.5], y: [-4.5, 4.5] },
  start: [1, 1.5],
  minima: [{ at: [3, 0.5], value: 0 }],
  showcase: { steps: 500, rates: { sgd: 0.01, momentum: 0.003, adagrad: 0.3, adam: 0.1 } },
  lower: (x, y) => {
    const square = mul(y, y)
    const term = (constant: number, power: Tensor): Tensor => {
      const rest = add(sub(constant, x), mul(x, power))
      return mul(rest, rest)
    }
    return add(add(term(1.5, y), term(2.25, square)), term(2.625, mul(square, y)))
  },
})
