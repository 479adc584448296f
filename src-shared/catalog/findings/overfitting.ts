import type { Evidence, FindingDefinition, Remedy } from './finding'
import { lowest } from './parts/curves'
import { percent, shown } from './parts/numbers'

/** Prechelt's GL₅. */
const LOSS = 0.05
const EVALUATIONS = 4

export const overfitting: FindingDefinition = {
  type: 'overfitting',
  severity: 'problem',
  title: { en: 'Overfitting', 'zh-CN': '过拟合' },
  message: {
    en: 'The validation loss has risen by {rise} since step {step} while the training loss fell from {before} to {after}',
    'zh-CN': '自第 {step} 步起验证损失上升了 {rise}，而训练损失从 {before} 降至 {after}',
  },
  help: {
    en: 'The model learns the training rows by heart. Stop earlier, penalize weights, add dropout or data.',
    'zh-CN': '模型在死记训练样本。可提前停止、加入权重惩罚、dropout 或更多数据。',
  },
  threshold: {
    en: 'The validation loss was more than 5% above its lowest value (Prechelt’s generalization loss) at both of the newest evaluations, and the mean training loss of the epoch is below that at the lowest.',
    'zh-CN': '最近两次评估的验证损失都比最低值高 5% 以上（Prechelt 的泛化损失），且该轮平均训练损失低于最低点处的值。',
  },
  source: 'Prechelt, Early Stopping – But When?, 1998, criterion GL₅',
  detect: (evidence) => {
    const [validation, training] = [evidence.curve('val.loss'), evidence.curve('epoch.loss')]
    if (validation === null || training === null || validation.values.length < EVALUATIONS || training.values.length < 2) return []
    const best = lowest(validation.values)
    const least = validation.values[best]
    const step = validation.steps[best]
    const recent = Array.from(validation.values).slice(-2)
    const before = training.values[Math.max(0, Array.from(training.steps).findLastIndex((each) => each <= step))]
    const after = training.values[training.values.length - 1]
    if (least <= 0 || !recent.every((value) => value > (1 + LOSS) * least) || !(after < before)) return []
    return [{ args: { rise: percent(recent[1] / least - 1), step, before: shown(before), after: shown(after) }, remedies: remedies(evidence, step) }]
  },
}

function remedies({ document, facts }: Evidence, step: number): Remedy[] {
  const found: Remedy[] = []
  if (document.training.regularization === null) {
    found.push({ text: { en: 'Weight penalty (L2, {factor})', 'zh-CN': '权重惩罚（L2，{factor}）' }, args: { factor: 0.001 }, edits: [{ path: ['training', 'regularization'], value: { type: 'l2', factor: 0.001 } }] })
  }
  const epochs = facts === null ? 0 : Math.ceil(step / facts.stepsPerEpoch)
  if (epochs > 0 && epochs < document.training.epochs) {
    found.push({ text: { en: 'End after epoch {epochs}', 'zh-CN': '第 {epochs} 轮后结束' }, args: { epochs }, edits: [{ path: ['training', 'epochs'], value: epochs }] })
  }
  return found
}
