import type { Text } from '@shared/catalog/definition'
import { metrics } from '@shared/catalog/metrics'

/** What charts are called that no metric of the catalog has. */
const OWN: Readonly<Record<string, Text>> = {
  loss: { en: 'Loss', 'zh-CN': '损失' },
  distillation: { en: 'Distillation', 'zh-CN': '蒸馏' },
  feature: { en: 'Matched layer', 'zh-CN': '匹配层' },
  penalty: { en: 'Penalty', 'zh-CN': '惩罚项' },
  gradientNorm: { en: 'Gradient norm', 'zh-CN': '梯度范数' },
  momentum: { en: 'Momentum', 'zh-CN': '动量' },
  learningRate: { en: 'Learning rate', 'zh-CN': '学习率' },
}

/** What layers record of themselves. */
const REPORTS: Readonly<Record<string, Text>> = {
  meanGap: { en: 'batch mean to running mean', 'zh-CN': '批均值与滑动均值之差' },
  varianceRatio: { en: 'batch variance / running variance', 'zh-CN': '批方差 / 滑动方差' },
}

/** The title of a metric's key; a key with options in it, `top3Accuracy`, is shown as it is. */
export function metricTitle(name: string): Text {
  if (Object.hasOwn(OWN, name)) return OWN[name]
  const layer = /^layer\.(.+)\.(meanGap|varianceRatio)$/.exec(name)
  if (layer !== null) return { en: `${layer[1]}: ${REPORTS[layer[2]].en}`, 'zh-CN': `${layer[1]}：${REPORTS[layer[2]]['zh-CN']}` }
  const definition = metrics.find((each) => keyOf(each) === name)
  return definition?.title ?? { en: name, 'zh-CN': name }
}

function keyOf(definition: (typeof metrics)[number]): string {
  return definition.key(definition.options.parse({}))
}
