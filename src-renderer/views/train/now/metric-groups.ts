/** One chart's metric: `loss` of `train.loss`, `epoch.loss` and `val.loss`. */
export interface MetricGroup {
  readonly name: string
  /** Key of every step's value, of the epochs' means, of the validation part; null where the run has none. */
  readonly step: string | null
  readonly epoch: string | null
  readonly validation: string | null
}

/** The loss first, the metrics as they come, what steers training last. */
const FIRST = ['loss']
const LAST = ['distillation', 'feature', 'penalty', 'gradientNorm', 'momentum', 'learningRate']

/** The charts of a run by its series' keys. */
export function metricGroups(keys: Iterable<string>): readonly MetricGroup[] {
  const present = new Set(keys)
  const names = new Set([...present].filter((key) => !key.startsWith('test.')).map((key) => key.replace(/^(train|epoch|val)\./, '')))
  const ordered = [...names].sort((a, b) => rank(a) - rank(b))
  const known = (key: string): string | null => (present.has(key) ? key : null)
  return ordered.map((name) => ({ name, step: known(`train.${name}`) ?? known(name), epoch: known(`epoch.${name}`), validation: known(`val.${name}`) }))
}

function rank(name: string): number {
  if (FIRST.includes(name)) return 0
  return LAST.includes(name) ? 2 + LAST.indexOf(name) : 1
}
