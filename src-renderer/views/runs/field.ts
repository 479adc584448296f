import { betterOf } from '@shared/catalog/recorded-metrics'
import type { MetricSummary, RunView } from '@shared/protocol/views'

export type FieldValue = string | number | boolean | readonly string[] | null

/** Short names for what people ask for most; everything else is a path in the document. */
const DOCUMENT_ALIASES: Readonly<Record<string, readonly string[]>> = {
  optimizer: ['training', 'optimizer'],
  dialect: ['training', 'optimizer', 'dialect'],
  loss: ['training', 'loss'],
  schedule: ['training', 'schedule'],
  batchSize: ['training', 'batchSize'],
  dataset: ['dataset'],
}

const RUN_FIELDS = ['id', 'name', 'status', 'seed', 'device', 'threads', 'steps', 'epochs', 'samples', 'seconds', 'note', 'tags', 'group', 'archived', 'createdAt', 'startedAt', 'finishedAt'] as const

/** Columns and filters that exist whatever the documents hold. */
export const COMMON_FIELDS: readonly string[] = [...RUN_FIELDS, ...Object.keys(DOCUMENT_ALIASES), 'learningRate']

const AGGREGATES: Readonly<Record<string, (summary: MetricSummary) => number>> = {
  last: (summary) => summary.last,
  first: (summary) => summary.first,
  min: (summary) => summary.min,
  max: (summary) => summary.max,
}

/**
 * Value of a field of a run: one of its own (`status`, `seed`), a short name (`optimizer`), a metric (`val.accuracy`: its
 * last value; `best(val.accuracy)`, `min(…)`, `max(…)`, `first(…)`), or a path in the document
 * (`training.optimizer.beta1`, `model.nodes.1.units`). Null where the run has no such thing, and for the best of what is
 * better neither way.
 */
export function fieldValue(run: RunView, field: string): FieldValue {
  const call = /^(best|last|first|min|max)\((.+)\)$/.exec(field)
  if (call !== null) return aggregate(run, call[1], call[2].trim())
  if ((RUN_FIELDS as readonly string[]).includes(field)) return run[field as (typeof RUN_FIELDS)[number]]
  if (field in run.metrics) return finite(run.metrics[field].last)
  const path = DOCUMENT_ALIASES[field] ?? (field === 'learningRate' ? ['training', 'optimizer', 'learningRate'] : field.split('.'))
  return scalar(path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined), run.document))
}

function aggregate(run: RunView, name: string, metric: string): number | null {
  if (!(metric in run.metrics)) return null
  const better = betterOf(metric)
  if (name === 'best' && better === null) return null
  const chosen = name === 'best' ? (better === 'higher' ? 'max' : 'min') : name
  return finite(AGGREGATES[chosen](run.metrics[metric]))
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** What has a type is known by it: `{ "type": "adam", … }` reads as `adam`. */
function scalar(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((each) => (typeof each === 'string' || typeof each === 'number' ? String(each) : JSON.stringify(each)))
  if (typeof value === 'object' && value !== null) return 'type' in value && typeof value.type === 'string' ? value.type : JSON.stringify(value)
  return null
}
