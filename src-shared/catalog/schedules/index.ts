import { issue, type Issue } from '@shared/spec/issue'
import { type Choice, choiceSchema } from '../choice'
import { registry } from '../definition'
import { constant } from './constant'
import { cosine } from './cosine'
import { cosineRestarts } from './cosine-restarts'
import { cyclical } from './cyclical'
import { exponential } from './exponential'
import { inverseSqrt } from './inverse-sqrt'
import { inverseTime } from './inverse-time'
import { linear } from './linear'
import { oneCycle } from './one-cycle'
import { piecewise } from './piecewise'
import { polynomial } from './polynomial'
import { plateau } from './plateau'
import type { ScheduleContext, ScheduleDefinition, Warmup } from './schedule'
import { step } from './step'
import { warmupSteps, withWarmup } from './warmup'

export type { ScheduleContext, ScheduleDefinition } from './schedule'

export const schedules: readonly ScheduleDefinition[] = [
  constant,
  linear,
  polynomial,
  step,
  piecewise,
  exponential,
  inverseTime,
  inverseSqrt,
  cosine,
  cosineRestarts,
  oneCycle,
  cyclical,
  plateau,
]

export const scheduleRegistry = registry(schedules)

/** `"cosine"`, or `{ "type": "cosine", "finalRate": 1e-5, "warmup": { "epochs": 1 } }`. */
export const scheduleSchema = choiceSchema(schedules)

/**
 * Learning rate by update (0 for the first), float64, warm-up included; a function of the step alone. Without a
 * schedule the rate is constant. The document's options must have passed {@link scheduleSchema}.
 */
export function rateAt(schedule: Choice | undefined, context: ScheduleContext): (step: number) => number {
  if (schedule === undefined) return () => context.base
  const definition = scheduleRegistry.get(schedule.type)
  if (definition === undefined) throw new Error(`schedule ${schedule.type} is not registered`)
  const options = schedule as Readonly<Record<string, unknown>>
  return withWarmup(schedule.warmup as Warmup | undefined, context, (step, remaining) => definition.rate(step, remaining, options))
}

/** Momentum by update, moved against the rate; null where the schedule leaves it alone. */
export function momentumAt(schedule: Choice | undefined, context: ScheduleContext): ((step: number) => number) | null {
  const bounds = schedule?.momentum as { readonly low: number; readonly high: number } | undefined
  const definition = schedule === undefined ? undefined : scheduleRegistry.get(schedule.type)
  if (schedule === undefined || bounds === undefined || definition === undefined) return null
  const { low, high } = bounds
  const shareOfBase = (rate: number): number => Math.min(1, Math.max(0, rate / context.base))
  const rate = rateAt(schedule, context)
  const warmup = warmupSteps(schedule.warmup as Warmup | undefined, context)
  const remaining = { ...context, totalSteps: context.totalSteps - warmup }
  const height = (step: number): number =>
    step < warmup || definition.height === undefined ? shareOfBase(rate(step)) : definition.height(step - warmup, remaining, schedule as Readonly<Record<string, unknown>>)
  return (step) => high - (high - low) * height(step)
}

/** What only the length of the run can tell: a warm-up that leaves no update for the schedule. */
export function scheduleIssues(schedule: Choice | undefined, context: ScheduleContext, path: Issue['path'] = ['training', 'schedule']): readonly Issue[] {
  const warmup = warmupSteps(schedule?.warmup as Warmup | undefined, context)
  if (warmup < context.totalSteps || warmup === 0) return []
  return [issue('schedule-warmup-too-long', [...path, 'warmup'], { warmup, total: context.totalSteps })]
}
