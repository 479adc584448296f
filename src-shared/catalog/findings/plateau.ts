import type { Evidence, FindingDefinition, Remedy } from './finding'
import { stretches } from './parts/curves'
import { percent, shown } from './parts/numbers'
import { scaledRate } from './parts/remedies'

const STRETCHES = 10
const IMPROVEMENT = 0.005
/** Of the first stretch's loss: below it the model has learned a good deal and may be done. */
const LEFT = 0.5

export const plateau: FindingDefinition = {
  type: 'plateau',
  severity: 'hint',
  title: { en: 'Plateau', 'zh-CN': '停滞' },
  message: {
    en: 'The training loss has stood at {loss} since step {step}, {left} of where it began',
    'zh-CN': '训练损失自第 {step} 步起停在 {loss}，为起始值的 {left}',
  },
  help: {
    en: 'The steps neither descend nor settle. Another learning rate, or one that falls over the run, often gets it moving; so does a model that can learn more.',
    'zh-CN': '训练既不下降也不收敛。更换学习率，或让学习率逐渐下降，往往有效；也可使用容量更大的模型。',
  },
  threshold: {
    en: 'Over the last three tenths of the steps the mean training loss fell by less than 0.5% from each tenth to the next and rose by less than 5%, and is still above half of that of the first tenth. Our own bounds.',
    'zh-CN': '最后十分之三的步数中，平均训练损失每个十分之一的降幅小于 0.5%、升幅小于 5%，且仍高于最初十分之一的一半。界限为自定。',
  },
  source: 'Bengio, Practical recommendations for gradient-based training of deep architectures, 2012, section 3.1',
  effectOf: ['problem', 'updateTooSmall'],
  detect: (evidence) => {
    const found = stretches(evidence.curve('train.loss'), STRETCHES)
    if (found === null) return []
    const { values, endOf } = found
    const level = [1, 2, 3].every((back) => {
      const change = 1 - values[STRETCHES - back] / values[STRETCHES - back - 1]
      return change < IMPROVEMENT && change > -0.05
    })
    const loss = values[STRETCHES - 1]
    if (!level || !(loss > LEFT * values[0]) || loss <= 0) return []
    return [{ args: { loss: shown(loss), step: endOf(STRETCHES - 4), left: percent(loss / values[0]) }, remedies: remedies(evidence) }]
  },
}

function remedies(evidence: Evidence): Remedy[] {
  const found = scaledRate(evidence, 3)
  if (evidence.document.training.schedule === undefined) {
    found.push({ text: { en: 'Cosine schedule', 'zh-CN': '余弦学习率' }, args: {}, edits: [{ path: ['training', 'schedule'], value: { type: 'cosine' } }] })
  }
  return found
}
