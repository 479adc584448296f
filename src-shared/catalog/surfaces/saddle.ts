import { z } from 'zod'
import { mul, sub } from '@shared/graph'
import { defineSurface } from './surface'

export const saddle = defineSurface({
  type: 'saddle',
  options: z.object({}),
  title: { en: 'Saddle', 'zh-CN': '鞍点' },
  help: {
    en: 'Falls one way, rises the other, and is flat at the origin. It has no minimum: what counts is how soon an optimizer leaves the flat place when it starts almost on the ridge.',
    'zh-CN': '一个方向下降，另一个方向上升，原点处平坦。它没有最小值：要看的是从脊线附近出发时，优化器多久能离开平坦处。',
  },
  formula: String.raw`f(x, y) = x^2 - y^2`,
  source: 'Dauphin et al. (2014), Identifying and attacking the saddle point problem in high-dimensional non-convex optimization, arXiv:1406.2572',
  view: { x: [-2, 2], y: [-2, 2] },
  start: [1.5, 0.001],
  minima: [],
  showcase: { steps: 60, rates: { sgd: 0.05, momentum: 0.02, adagrad: 0.2, adam: 0.05 } },
  lower: (x, y) => sub(mul(x, x), mul(y, y)),
})
