import { z } from 'zod'
import { type Definition, field, type OptionsOf } from '../definition'

export interface ScheduleContext {
  /** The optimizer's `learningRate`. */
  readonly base: number
  /** Planned steps of the whole run, and of one epoch. */
  readonly totalSteps: number
  readonly stepsPerEpoch: number
}

/**
 * Rates are counted in updates: `rate(t)` is used by the update after t others, so the first one sees `rate(0)`, and a
 * decay over T updates reaches its end at `rate(T)`, which is the first update after it.
 */
export interface ScheduleDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Learning rate at `step` (0 for the first update after warm-up), float64; warm-up is applied around it (`withWarmup`). */
  rate(step: number, context: ScheduleContext, options: OptionsOf<Definition<S>>): number
  /** How far up the rate is at `step`, from 0 to 1, for momentum that moves against it; rate/base unless given. */
  height?(step: number, context: ScheduleContext, options: OptionsOf<Definition<S>>): number
  /** Key of the recorded metric that {@link react} sees. */
  monitor?(options: OptionsOf<Definition<S>>): string
  /** What the rate is multiplied by from the next update on, once a metric was recorded: a function of the values alone.
   *  `sign` is 1 where lower is better, −1 where higher is; memory begins empty. */
  react?(value: number, memory: readonly number[], sign: 1 | -1, options: OptionsOf<Definition<S>>): { readonly memory: readonly number[]; readonly factor: number }
  /** Rate below which {@link react} does not bring it. */
  lowest?(options: OptionsOf<Definition<S>>): number
}

/** Checks a definition while keeping the types of its options. */
export function defineSchedule<S extends z.ZodObject>(definition: ScheduleDefinition<S>): ScheduleDefinition<S> {
  return definition
}

const warmupFrom = field(z.number().min(0).default(0), {
  en: 'Learning rate of the first update.',
  'zh-CN': '第一次更新的学习率。',
  symbol: '\\eta_w',
})

const warmupSchema = z.union([
  z.strictObject({
    steps: field(z.int().min(1), { en: 'Length of the warm-up in updates.', 'zh-CN': '预热长度（更新次数）。', symbol: 'W', unit: 'steps' }),
    from: warmupFrom,
  }),
  z.strictObject({
    epochs: field(z.number().positive(), { en: 'Length of the warm-up in epochs.', 'zh-CN': '预热长度（轮次）。', symbol: 'W', unit: 'epochs' }),
    from: warmupFrom,
  }),
])
export type Warmup = z.output<typeof warmupSchema>

const warmupField = field(warmupSchema.optional(), {
  en: 'Raises the rate evenly from `from` to the base rate over the first updates; the schedule starts after it.',
  'zh-CN': '在最初若干次更新中把学习率从 `from` 线性升到基础学习率，之后调度才开始。',
})

const momentumField = field(
  z
    .strictObject({
      low: field(z.number().min(0).lt(1).default(0.85), { en: 'Momentum where the rate is at its peak.', 'zh-CN': '学习率最高处的动量。', symbol: '\\mu_l' }),
      high: field(z.number().min(0).lt(1).default(0.95), { en: 'Momentum where the rate is at its lowest.', 'zh-CN': '学习率最低处的动量。', symbol: '\\mu_h' }),
    })
    .optional(),
  {
    en: 'Moves momentum (β₁ of Adam) against the rate, between two bounds, as PyTorch’s OneCycleLR and CyclicLR do. Left out: the optimizer’s own stays.',
    'zh-CN': '让动量（Adam 的 β₁）在两个界限之间与学习率反向变化，与 PyTorch 的 OneCycleLR、CyclicLR 相同。省略时保持优化器自身的动量。',
  },
)

/** Options that every schedule has, explained in one place. */
export const COMMON_OPTIONS = ['warmup', 'momentum'] as const

/** A schedule's options: warm-up, cycling of momentum and its own. */
export function scheduleOptions<S extends z.ZodRawShape>(own: S) {
  return z.object({ warmup: warmupField, momentum: momentumField, ...own })
}

export const unitField = field(z.enum(['epochs', 'steps']).default('epochs'), {
  en: 'What the length counts: epochs, or single updates.',
  'zh-CN': '长度的单位：轮次（epochs）或更新次数（steps）。',
})

export const durationField = field(z.number().positive().optional(), {
  en: 'Length of the decay; the final rate holds afterwards. Left out: the rest of the run after warm-up.',
  'zh-CN': '衰减的长度，之后保持最终学习率。省略时为预热之后的整个训练。',
  symbol: 'T',
})

export const finalRateField = field(z.number().min(0).default(0), {
  en: 'Learning rate at the end of the decay.',
  'zh-CN': '衰减结束时的学习率。',
  symbol: '\\eta_T',
})

/** A length given in epochs or steps, in whole steps, at least one. */
export function inSteps(length: number, unit: 'epochs' | 'steps', { stepsPerEpoch }: ScheduleContext): number {
  return Math.max(1, Math.round(unit === 'epochs' ? length * stepsPerEpoch : length))
}

/** How far a decay has come at `step`, from 0 to 1. */
export function progress(step: number, context: ScheduleContext, options: { readonly duration?: number; readonly unit: 'epochs' | 'steps' }): number {
  const length = options.duration === undefined ? context.totalSteps : inSteps(options.duration, options.unit, context)
  return length <= 0 ? 1 : Math.min(step / length, 1)
}
