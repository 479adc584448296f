import { z } from 'zod'
import { add, cos, mul, sub, type Tensor } from '@shared/graph'
import { defineSurface } from './surface'

export const rastrigin = defineSurface({
  type: 'rastrigin',
  options: z.object({}),
  title: { en: 'Rastrigin', 'zh-CN': 'Rastrigin 函数' },
  help: {
    en: 'An egg carton in a bowl: about a hundred local minima around the one at the origin. Small steps stay in the next hollow; momentum and large rates jump some of them.',
    'zh-CN': '碗里的蛋托：原点处的最小值周围约有一百个局部极小值。小步长停在最近的凹坑；动量和大学习率能越过一些。',
  },
  formula: String.raw`f(x, y) = 20 + x^2 - 10 \cos 2\pi x + y^2 - 10 \cos 2\pi y`,
  source: 'Rastrigin (1974), Systems of Extremal Control; Mühlenbein et al. (1991), The parallel genetic algorithm as function optimizer',
  view: { x: [-5.12, 5.12], y: [-5.12, 5.12] },
  start: [2.3, 3.4],
  minima: [{ at: [0, 0], value: 0 }],
  showcase: { steps: 200, rates: { sgd: 0.003, momentum: 0.002, rmsprop: 0.02, adam: 0.5 } },
  lower: (x, y) => {
    const wave = (z: Tensor): Tensor => sub(mul(z, z), mul(cos(mul(z, 2 * Math.PI)), 10))
    return add(add(wave(x), wave(y)), 20)
  },
})
