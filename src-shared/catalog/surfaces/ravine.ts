import { z } from 'zod'
import { add, mul, sub } from '@shared/graph'
import { defineSurface } from './surface'

const [STEEP, SHALLOW] = [50, 0.5]

export const ravine = defineSurface({
  type: 'ravine',
  options: z.object({}),
  title: { en: 'Slanted ravine', 'zh-CN': '倾斜峡谷' },
  help: {
    en: 'A hundred times as steep across as along, and slanted: rates of single coordinates, as Adagrad and Adam have them, cannot undo it, since both coordinates see the steep wall.',
    'zh-CN': '横跨峡谷方向的陡峭程度是沿峡谷方向的 100 倍，且与坐标轴成 45°：Adagrad、Adam 那样逐坐标的学习率无法消除这种差异，因为两个坐标都受陡壁影响。',
  },
  formula: String.raw`f(x, y) = 50 \left(\tfrac{x - y}{2}\right)^2 + \tfrac{1}{2} \left(\tfrac{x + y}{2}\right)^2`,
  source: 'Sutton (1986), Two problems with backpropagation and other steepest-descent learning procedures for networks (ravines)',
  view: { x: [-4, 4], y: [-4, 4] },
  start: [-3, -1.5],
  minima: [{ at: [0, 0], value: 0 }],
  showcase: { steps: 200, rates: { sgd: 0.03, momentum: 0.01, rmsprop: 0.03, adam: 0.1 } },
  lower: (x, y) => {
    const [across, along] = [mul(sub(x, y), 0.5), mul(add(x, y), 0.5)]
    return add(mul(mul(across, across), STEEP), mul(mul(along, along), SHALLOW))
  },
})
