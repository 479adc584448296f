import type { FindingDefinition } from './finding'
import { median, shown } from './parts/numbers'
import { scaledRate } from './parts/remedies'

const USUAL = 1e-3
const LARGE = 5e-2
const MEASUREMENTS = 5

export const updateTooLarge: FindingDefinition = {
  type: 'updateTooLarge',
  severity: 'hint',
  title: { en: 'Updates too large', 'zh-CN': '更新过大' },
  message: {
    en: '{layer}: each update changes the weights by {ratio} of their size; about 1e-3 is usual',
    'zh-CN': '{layer}：每次更新为权重大小的 {ratio}；通常约为 1e-3',
  },
  help: {
    en: 'Updates of this size overwrite what was learned before. A smaller learning rate, or one that warms up, is steadier.',
    'zh-CN': '这样大的更新会覆盖已学到的内容。减小学习率或加入预热会更稳定。',
  },
  threshold: {
    en: 'The median of ‖Δw‖/‖w‖ over the newest five measurements of a layer is above 0.05, fifty times the rule of thumb of 1e-3.',
    'zh-CN': '某层最近五次测量的 ‖Δw‖/‖w‖ 中位数大于 0.05，即经验值 1e-3 的五十倍。',
  },
  source: 'Karpathy, CS231n notes, Neural Networks Part 3, “Ratio of weights:updates”',
  detect: (evidence) => {
    const found = evidence.layers
      .filter(({ trained, ratio }) => trained && ratio.length >= MEASUREMENTS)
      .map(({ id, ratio }) => ({ id, ratio: median(ratio.slice(-MEASUREMENTS)) }))
      .filter(({ ratio }) => ratio > LARGE)
      .sort((a, b) => b.ratio - a.ratio)
    return found.slice(0, 1).map(({ id, ratio }) => ({ layer: id, args: { layer: id, ratio: shown(ratio) }, remedies: scaledRate(evidence, Math.max(0.01, (10 * USUAL) / ratio)) }))
  },
}
