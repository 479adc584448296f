import type { FindingDefinition } from './finding'
import { lowest, stretches } from './parts/curves'
import { shown } from './parts/numbers'
import { scaledRate } from './parts/remedies'

const STRETCHES = 10
const RISE = 1.5

export const diverging: FindingDefinition = {
  type: 'diverging',
  severity: 'problem',
  title: { en: 'Diverging loss', 'zh-CN': '损失发散' },
  message: {
    en: 'The training loss rose from {least} at step {step} to {now}',
    'zh-CN': '训练损失从第 {step} 步的 {least} 升至 {now}',
  },
  help: {
    en: 'The steps are longer than the loss surface allows: each lands higher than it started.',
    'zh-CN': '步长超出损失曲面所允许的范围：每一步都落到更高处。',
  },
  threshold: {
    en: 'The mean training loss of the last tenth of the steps is 1.5 times that of the lowest tenth or more, and above that of the third last tenth. Our own bounds.',
    'zh-CN': '最后十分之一步数的平均训练损失达到最低十分之一的 1.5 倍以上，且高于倒数第三个十分之一。界限为自定。',
  },
  source: 'Goodfellow, Bengio & Courville, Deep Learning, 2016, section 8.3.1',
  detect: (evidence) => {
    const found = stretches(evidence.curve('train.loss'), STRETCHES)
    if (found === null) return []
    const { values, endOf } = found
    const best = lowest(values)
    const now = values[STRETCHES - 1]
    // A fitted model's tiny loss may double without harm: what counts is against where it began.
    if (values[best] <= 0 || now < RISE * values[best] || now <= values[STRETCHES - 3] || now < 0.5 * values[0]) return []
    return [{ args: { least: shown(values[best]), step: endOf(best), now: shown(now) }, remedies: scaledRate(evidence, 0.1) }]
  },
}
