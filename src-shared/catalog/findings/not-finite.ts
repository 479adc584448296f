import type { FindingDefinition } from './finding'
import { scaledRate } from './parts/remedies'

export const notFinite: FindingDefinition = {
  type: 'notFinite',
  severity: 'problem',
  title: { en: 'Not a number', 'zh-CN': '出现非数值' },
  message: {
    en: 'NaN or Infinity at step {step}: the run blew up',
    'zh-CN': '第 {step} 步出现 NaN 或无穷大：训练发散',
  },
  help: {
    en: 'Most often the steps were too long: each overshoots more than the one before until the numbers overflow.',
    'zh-CN': '多半是步长太大：每一步越冲越远，直到数值溢出。',
  },
  threshold: { en: 'The run failed for a loss or weight that is not finite.', 'zh-CN': '运行因损失或权重非有限而失败。' },
  source: 'Goodfellow, Bengio & Courville, Deep Learning, 2016, section 8.3.1 on the learning rate',
  detect: (evidence) => {
    const found = evidence.errors.find(({ code }) => code === 'training-not-finite' || code === 'training-not-finite-unsaved')
    return found === undefined ? [] : [{ args: { step: found.args.step }, remedies: scaledRate(evidence, 0.1) }]
  },
}
