import type { Text } from './definition'
import { metrics, type MetricDefinition } from './metrics'

type Better = MetricDefinition['better']

/** What runs record that is no metric of the catalog. */
const OWN: Readonly<Record<string, { readonly title: Text; readonly better: Better }>> = {
  loss: { title: { en: 'Loss', 'zh-CN': '损失' }, better: 'lower' },
  distillation: { title: { en: 'Distillation', 'zh-CN': '蒸馏' }, better: 'lower' },
  feature: { title: { en: 'Matched layer', 'zh-CN': '匹配层' }, better: 'lower' },
  penalty: { title: { en: 'Penalty', 'zh-CN': '惩罚项' }, better: null },
  gradientNorm: { title: { en: 'Gradient norm', 'zh-CN': '梯度范数' }, better: null },
  momentum: { title: { en: 'Momentum', 'zh-CN': '动量' }, better: null },
  learningRate: { title: { en: 'Learning rate', 'zh-CN': '学习率' }, better: null },
}

/** What layers record of themselves. */
const REPORTS: Readonly<Record<string, Text>> = {
  meanGap: { en: 'batch mean to running mean', 'zh-CN': '批均值与滑动均值之差' },
  varianceRatio: { en: 'batch variance / running variance', 'zh-CN': '批方差 / 滑动方差' },
}

/** The catalog's metrics by their keys with the usual options. */
const USUAL: ReadonlyMap<string, MetricDefinition> = new Map(metrics.map((definition) => [definition.key(definition.options.parse({})), definition]))

/** The part of the data before a metric's name: `train.`, `epoch.`, `val.`, `test.`. */
const PART = /^(?:train|epoch|val|test)\./

/** The title of what is recorded under a name, `accuracy`; options stand behind it as the name has them: `top3Accuracy`. */
export function metricTitle(name: string): Text {
  if (Object.hasOwn(OWN, name)) return OWN[name].title
  const layer = /^layer\.(.+)\.(meanGap|varianceRatio)$/.exec(name)
  if (layer !== null) return { en: `${layer[1]}: ${REPORTS[layer[2]].en}`, 'zh-CN': `${layer[1]}：${REPORTS[layer[2]]['zh-CN']}` }
  const definition = definitionOf(name)
  if (definition === null) return { en: name, 'zh-CN': name }
  const { title } = definition
  return USUAL.has(name) ? title : { en: `${title.en} (${name})`, 'zh-CN': `${title['zh-CN']}（${name}）` }
}

/** Which way a recorded metric is better, `val.accuracy` or `accuracy`; null where neither way is, and where nothing is known of it. */
export function betterOf(key: string): Better {
  const name = key.replace(PART, '')
  return Object.hasOwn(OWN, name) ? OWN[name].better : (definitionOf(name)?.better ?? null)
}

/** By the usual options' key, or by one with other options: they stand behind the usual one, or as a number in it. */
function definitionOf(name: string): MetricDefinition | null {
  const usual = USUAL.get(name)
  if (usual !== undefined) return usual
  return [...USUAL].find(([key]) => name.startsWith(key) || withoutNumbers(name) === withoutNumbers(key))?.[1] ?? null
}

function withoutNumbers(name: string): string {
  return name.replaceAll(/\d+/g, '')
}
