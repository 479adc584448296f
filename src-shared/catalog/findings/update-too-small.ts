import type { FindingDefinition } from './finding'
import { shown } from './parts/numbers'
import { scaledRate } from './parts/remedies'

const USUAL = 1e-3
const SMALL = 2e-5
const MEASUREMENTS = 5

export const updateTooSmall: FindingDefinition = {
  type: 'updateTooSmall',
  severity: 'hint',
  title: { en: 'Updates too small', 'zh-CN': '更新过小' },
  message: {
    en: 'No layer’s update has been above {ratio} of its weights; about 1e-3 is usual',
    'zh-CN': '各层更新从未超过权重的 {ratio}；通常约为 1e-3',
  },
  help: {
    en: 'Training creeps: it would need very many epochs. A larger learning rate gets there sooner.',
    'zh-CN': '训练进展极慢，需要非常多的轮次。增大学习率会更快。',
  },
  threshold: {
    en: 'In every measurement (at least five) every layer’s ‖Δw‖/‖w‖ was below 2e-5, a fiftieth of the rule of thumb of 1e-3.',
    'zh-CN': '每次测量（至少五次）中所有层的 ‖Δw‖/‖w‖ 都小于 2e-5，即经验值 1e-3 的五十分之一。',
  },
  source: 'Karpathy, CS231n notes, Neural Networks Part 3, “Ratio of weights:updates”',
  effectOf: ['deadRelu', 'vanishingGradients', 'saturation'],
  detect: (evidence) => {
    const ratios = evidence.layers.filter(({ trained }) => trained).flatMap(({ ratio }) => ratio.filter((value) => Number.isFinite(value)))
    const most = Math.max(...ratios)
    if (evidence.measured.length < MEASUREMENTS || ratios.length === 0 || most >= SMALL) return []
    return [{ args: { ratio: shown(most) }, remedies: most === 0 ? [] : scaledRate(evidence, Math.min(100, USUAL / most)) }]
  },
}
