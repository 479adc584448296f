import { deadUnits } from '@shared/diagnostics/measured'
import type { FindingDefinition } from './finding'
import { percent } from './parts/numbers'
import { layersWith, scaledRate } from './parts/remedies'

/** Karpathy's notes call it common that 40% of a network are dead. */
const SHARE = 0.4

export const deadRelu: FindingDefinition = {
  type: 'deadRelu',
  severity: 'problem',
  title: { en: 'Dead units', 'zh-CN': '死亡单元' },
  message: {
    en: '{layer}: {share} of units never active since step {step} ({measurements} measured batches)',
    'zh-CN': '{layer}：{share} 的单元自第 {step} 步起从未激活（测量了 {measurements} 个批次）',
  },
  help: {
    en: 'A ReLU that is negative for every row gives no gradient, so that its weights never change again. Too large a learning rate pushes units there.',
    'zh-CN': '对所有样本都为负的 ReLU 没有梯度，其权重不再更新。学习率过大常把单元推到那里。',
  },
  threshold: {
    en: 'At least 40% of a layer’s units were zero for every row of ten measured batches in a row.',
    'zh-CN': '某层至少 40% 的单元在连续十个测量批次的所有样本上输出为零。',
  },
  source: 'Karpathy, CS231n notes, Neural Networks Part 1, “ReLU”; Lu et al., Dying ReLU and Initialization, 2019, https://arxiv.org/abs/1903.06733',
  detect: (evidence) =>
    evidence.layers.flatMap(({ id, dead }) => {
      const found = dead === null ? null : deadUnits(evidence.measured, id)
      if (found === null || found.share < SHARE) return []
      const place = layersWith(evidence.document, ['relu']).find((layer) => layer.id === id)
      const leaky = place === undefined ? [] : [{ text: { en: 'Leaky ReLU in {layer}', 'zh-CN': '{layer} 改用 Leaky ReLU' }, args: { layer: id }, edits: [{ path: ['model', 'nodes', place.index, 'activation'], value: 'leakyRelu' }] }]
      return [{ layer: id, args: { layer: id, share: percent(found.share), step: found.since, measurements: found.measurements }, remedies: [...scaledRate(evidence, 0.1), ...leaky] }]
    }),
}
