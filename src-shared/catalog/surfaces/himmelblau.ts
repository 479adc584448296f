import { z } from 'zod'
import { add, mul, sub } from '@shared/graph'
import { defineSurface } from './surface'

export const himmelblau = defineSurface({
  type: 'himmelblau',
  options: z.object({}),
  title: { en: 'Himmelblau', 'zh-CN': 'Himmelblau 函数' },
  help: {
    en: 'Four equal minima around a hill. Which of them is found depends on the start, and near the ridges on the optimizer too.',
    'zh-CN': '一座小山周围有四个相等的最小值。最终落入哪一个取决于起点，在山脊附近还取决于优化器。',
  },
  formula: String.raw`f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2`,
  source: 'Himmelblau (1972), Applied Nonlinear Programming',
  view: { x: [-5, 5], y: [-5, 5] },
  start: [-0.5, -1],
  minima: [
    { at: [3, 2], value: 0 },
    { at: [-2.805118086952745, 3.131312518250573], value: 0 },
    { at: [-3.779310253377747, -3.283185991286170], value: 0 },
    { at: [3.584428340330492, -1.848126526964404], value: 0 },
  ],
  showcase: { steps: 100, rates: { sgd: 0.01, momentum: 0.005, rmsprop: 0.1, adam: 0.3 } },
  lower: (x, y) => {
    const [first, second] = [sub(add(mul(x, x), y), 11), sub(add(x, mul(y, y)), 7)]
    return add(mul(first, first), mul(second, second))
  },
})
