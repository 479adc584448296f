import type { RunFacts } from '@shared/protocol/training'
import type { RunView } from '@shared/protocol/views'
import { metrics } from '@shared/catalog/metrics'
import { formatCount, formatNumber, formatPercent } from '@renderer/components/numbers'

/** A run's result in a sentence: a key of the room's texts and what goes into it. */
export interface ResultSentence {
  readonly key: 'result-accuracy' | 'result-accuracy-digits' | 'result-accuracy-seen' | 'result-metric' | 'result-metric-seen'
  readonly args: Readonly<Record<string, string>>
}

/** What the last evaluation said of samples that were not trained on; of the training data where there are no others. */
export function resultOf(run: Pick<RunView, 'metrics' | 'document'>, facts: Pick<RunFacts, 'rows' | 'target'>): ResultSentence | null {
  const part = facts.rows.test > 0 && 'test.loss' in run.metrics ? 'test' : facts.rows.validation > 0 ? 'val' : 'epoch'
  const rows = part === 'test' ? facts.rows.test : part === 'val' ? facts.rows.validation : facts.rows.train
  const seen = part === 'epoch' ? '-seen' : ''
  const accuracy = run.metrics[`${part}.accuracy`]
  if (accuracy !== undefined) return { key: seen === '' && hasDigits(run.document) ? 'result-accuracy-digits' : `result-accuracy${seen}`, args: { accuracy: formatPercent(accuracy.last), count: formatCount(rows) } }
  const key = bestMetric(Object.keys(run.metrics), part)
  const metric = run.metrics[key]
  if (metric === undefined) return null
  return { key: `result-metric${seen}`, args: { metric: key.slice(part.length + 1), value: formatNumber(metric.last), count: formatCount(rows) } }
}

/** The first metric of the catalog that the run has, before its loss. */
function bestMetric(keys: readonly string[], part: string): string {
  const known = metrics.map((definition) => `${part}.${definition.key(definition.options.parse({}))}`)
  return known.find((key) => keys.includes(key)) ?? `${part}.loss`
}

/** Pictures of digits are called so: the sample experiment speaks to people who see such a thing for the first time. */
function hasDigits(document: RunView['document']): boolean {
  const dataset = typeof document === 'object' && document !== null && !Array.isArray(document) ? document.dataset : null
  const type = typeof dataset === 'object' && dataset !== null && !Array.isArray(dataset) ? dataset.type : null
  return type === 'digits' || type === 'synthetic-digits'
}
