import { z } from 'zod'
import { add, mul, sub } from '@shared/graph'
import { defineSurface } from './surface'

export const rosenbrock = defineSurface({
  type: 'rosenbrock',
  options: z.object({}),
  title: { en: 'Rosenbrock', 'zh-CN': 'Rosenbrock（香蕉函数）' },
  help: {
    en: 'A bent valley: found at once, followed slowly. Its floor falls hardly at all towards the minimum at (1, 1) while its walls are steep.',
    'zh-CN': '弯曲的山谷：很快就能落入谷底，却要很久才能走到头。谷底向 (1, 1) 处的最小值几乎不下降，两壁却很陡。',
  },
  formula: String.raw`f(x, y) = (1 - x)^2 + 100\,(y - x^2)^2`,
  source: 'Rosenbrock (1960), An automatic method for finding the greatest or least value of a function',
  view: { x: [-2, 2], y: [-1, 3] },
  start: [-1.2, 1],
  minima: [{ at: [1, 1], value: 0 }],
  showcase: { steps: 1000, rates: { sgd: 0.0015, momentum: 0.0005, rmsprop: 0.01, adam: 0.05 } },
  lower: (x, y) => {
    const [left, bend] = [sub(1, x), sub(y, mul(x, x))]
    return add(mul(left, left), mul(mul(bend, bend), 100))
  },
})
