import { z } from 'zod'
import { field, type Definition, type OptionsOf } from '../definition'

/** What a rule remembers between evaluations: finite numbers, since checkpoints keep it as JSON. Empty before the first. */
export type Memory = readonly number[]

export interface Verdict {
  readonly memory: Memory
  /** Whether training ends here. */
  readonly stop: boolean
  /** Whether this is the best value so far, by the rule's own measure. */
  readonly improved: boolean
}

export interface StoppingDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Code of the message that tells why training ended; its arguments are the options, `metric` and `value`. */
  readonly reason: string
  /** Most updates of the run. */
  steps?(options: OptionsOf<Definition<S>>): number
  /** Most seconds of training, pauses left out. */
  seconds?(options: OptionsOf<Definition<S>>): number
  /** Key of the recorded metric that {@link judge} sees: `val.loss`, `epoch.accuracy`. */
  monitor?(options: OptionsOf<Definition<S>>): string
  /** Looks at the metric each time it is recorded. `sign` is 1 where lower is better, −1 where higher is. A function of
   *  the values alone, so that it does not depend on pauses or on how steps are grouped. */
  judge?(value: number, memory: Memory, sign: 1 | -1, options: OptionsOf<Definition<S>>): Verdict
  /** Whether the weights of the best evaluation are put back when training ends. */
  restoresBest?(options: OptionsOf<Definition<S>>): boolean
}

/** Checks a definition while keeping the types of its options. */
export function defineStopping<S extends z.ZodObject>(definition: StoppingDefinition<S>): StoppingDefinition<S> {
  return definition
}

const directionSchema = z.enum(['auto', 'lower', 'higher'])

export const monitorField = field(z.string().min(1).max(100).default('val.loss'), {
  en: 'Recorded metric to look at: `val.loss`, `val.accuracy`, `epoch.loss` and so on, each time it is recorded.',
  'zh-CN': '所关注的记录指标，如 `val.loss`、`val.accuracy`、`epoch.loss`；每次记录时检查。',
  symbol: 'x',
})

export const directionField = field(directionSchema.default('auto'), {
  en: 'Which way is better; `auto` knows it of every loss and metric.',
  'zh-CN': '哪个方向更好；`auto` 会按损失或指标自动判断。',
})

export const patienceField = field(z.int().min(1).max(1_000_000).default(10), {
  en: 'So many evaluations without improvement are borne before it acts; 1 acts at the first.',
  'zh-CN': '允许连续多少次评估没有改善；1 表示第一次没有改善就生效。',
  symbol: 'p',
  unit: 'evaluations',
})

export const minDeltaField = field(z.number().min(0).default(0), {
  en: 'Least change, in units of the metric, that counts as an improvement.',
  'zh-CN': '视为改善的最小变化量，单位与指标相同。',
  symbol: '\\delta',
})
