import { scheduleRegistry } from '@shared/catalog/schedules'
import { GRADIENT_NORM, stoppingRegistry } from '@shared/catalog/stopping'
import type { ExperimentDocument } from '@shared/spec'
import { issue, type Issue } from '@shared/spec/issue'
import type { Monitor, StopRule, TrainingPlan } from './plan'

type Metrics = TrainingPlan['metrics']
type Better = 'higher' | 'lower' | null

/** Metrics that evaluations record, and which way is better. */
function recorded(metrics: Metrics): ReadonlyMap<string, Better> {
  const scalars = metrics.flatMap(({ definition, options }) => (definition.result === 'scalar' ? [[definition.key(options), definition.better] as const] : []))
  const names: readonly (readonly [string, Better])[] = [['loss', 'lower'], ...scalars]
  return new Map([...names.map(([name, better]) => [`val.${name}`, better] as const), ...names.map(([name, better]) => [`epoch.${name}`, better] as const), [GRADIENT_NORM, 'lower']])
}

/** What a rule looks at, or what is wrong with that. `validationRows`: Infinity where not known. */
function monitorOf(key: string, direction: unknown, metrics: Metrics, validationRows: number, path: Issue['path']): Monitor | Issue {
  const known = recorded(metrics)
  const better = direction === 'lower' || direction === 'higher' ? direction : known.get(key)
  if (!known.has(key) || better === undefined) return issue('stopping-monitor-unknown', [...path, 'monitor'], { monitor: key, known: [...known.keys()].join(', ') })
  if (key.startsWith('val.') && validationRows === 0) return issue('stopping-needs-validation', [...path, 'monitor'], { monitor: key })
  return better === null ? issue('stopping-neither-better', [...path, 'direction'], { monitor: key }) : { key, sign: better === 'lower' ? 1 : -1 }
}

/** What a schedule looks at that reacts to a metric, or what is wrong with that; null for all others. */
export function scheduleMonitor({ training: { schedule } }: ExperimentDocument, metrics: Metrics, validationRows: number): Monitor | Issue | null {
  if (schedule === undefined) return null
  const key = scheduleRegistry.get(schedule.type)?.monitor?.(schedule)
  return key === undefined ? null : monitorOf(key, schedule.direction, metrics, validationRows, ['training', 'schedule'])
}

/** The document's rules with what they look at. */
export function stopRules({ training }: ExperimentDocument, metrics: Metrics, validationRows: number): { readonly rules: readonly StopRule[]; readonly issues: readonly Issue[] } {
  const [rules, issues]: [StopRule[], Issue[]] = [[], []]
  for (const [index, options] of (training.stopping ?? []).entries()) {
    const definition = stoppingRegistry.get(options.type)
    if (definition === undefined) throw new Error(`${options.type} passed validation but is not registered`)
    const key = definition.monitor?.(options)
    const monitor = key === undefined ? null : monitorOf(key, options.direction, metrics, validationRows, ['training', 'stopping', index])
    if (monitor !== null && 'code' in monitor) issues.push(monitor)
    else rules.push({ definition, options, monitor })
  }
  return { rules, issues }
}
