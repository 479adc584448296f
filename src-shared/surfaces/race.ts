import { z } from 'zod'
import { field } from '@shared/catalog/definition'
import { optimizerSchema, resolveOptimizer, type ResolvedOptimizer } from '@shared/catalog/optimizers'
import { momentumAt, rateAt, scheduleIssues, scheduleRegistry, scheduleSchema } from '@shared/catalog/schedules'
import { surfaceRegistry, surfaces, type Point } from '@shared/catalog/surfaces'
import { failure, success, type Issue, type Result } from '@shared/spec/issue'
import { parseBy } from '@shared/spec/zod-issues'
import type { Landscape } from './landscape'
import { expressionLandscape } from './expression'
import { Racer } from './racer'

export const MAX_STEPS = 10_000
export const MAX_RACERS = 24
export const MAX_EXPRESSION = 500

const coordinate = z.number().min(-1e6).max(1e6)
const extent = z.tuple([coordinate, coordinate]).refine(([from, to]) => to > from, 'the second must be above the first')

export const expressionSchema = z.strictObject({
  expression: field(z.string().min(1).max(MAX_EXPRESSION), {
    en: 'f(x, y) as people write it: `x^2/20 + y^2`, `sin(3x) * exp(-y^2)`.',
    'zh-CN': 'f(x, y)，按数学习惯书写：`x^2/20 + y^2`、`sin(3x) * exp(-y^2)`。',
  }),
  x: field(extent.default([-5, 5]), { en: 'Shown part of x.', 'zh-CN': 'x 的显示范围。' }),
  y: field(extent.default([-5, 5]), { en: 'Shown part of y.', 'zh-CN': 'y 的显示范围。' }),
})

export const racerSchema = z.strictObject({
  optimizer: field(optimizerSchema, { en: 'As in an experiment: `"adam"`, or with dialect and options.', 'zh-CN': '与实验中相同：`"adam"`，或带方言和选项。' }),
  schedule: field(scheduleSchema.optional(), { en: 'Learning rate over the race, where an epoch is one update.', 'zh-CN': '学习率在比赛中的变化；这里一个轮次就是一次更新。' }),
})

/** A race as a document: what the Lab shows, and what `descent surface` draws. */
export const raceSchema = z.strictObject({
  surface: field(z.union([z.enum(surfaces.map(({ type }) => type) as [string, ...string[]]), expressionSchema]), {
    en: 'A surface by its name, or an expression.',
    'zh-CN': '函数名称，或自定义表达式。',
  }),
  start: field(z.tuple([coordinate, coordinate]).optional(), { en: 'Where all start; left out, the surface’s own place.', 'zh-CN': '共同的起点；省略时取该函数自带的起点。' }),
  steps: field(z.int().min(1).max(MAX_STEPS).default(200), { en: 'Updates that each makes.', 'zh-CN': '每个优化器的更新次数。', unit: 'steps' }),
  racers: field(z.array(racerSchema).min(1).max(MAX_RACERS), { en: 'Who races.', 'zh-CN': '参加比赛的优化器。' }),
})

export type RaceDocument = z.output<typeof raceSchema>
export type RacerDocument = RaceDocument['racers'][number]

/** The race that a surface suggests, as a document. */
export function showcaseOf(type: string): { readonly steps: number; readonly racers: readonly { readonly optimizer: { readonly type: string; readonly learningRate: number } }[] } | null {
  const showcase = surfaceRegistry.get(type)?.showcase
  if (showcase === undefined) return null
  return { steps: showcase.steps, racers: Object.entries(showcase.rates).map(([optimizer, learningRate]) => ({ optimizer: { type: optimizer, learningRate } })) }
}

/** A race with everything settled. */
export interface Race {
  readonly landscape: Landscape
  readonly start: Point
  readonly steps: number
  readonly entrants: readonly { readonly optimizer: ResolvedOptimizer; readonly schedule: RacerDocument['schedule']; readonly racer: Racer }[]
}

/** Reads a race; asynchronous, since the parser of expressions is loaded only where there is one. */
export async function openRace(document: unknown): Promise<Result<Race>> {
  const parsed = parseBy(raceSchema, document)
  if (!parsed.ok) return parsed
  const { surface, steps, racers } = parsed.value
  const landscape = await landscapeOf(surface)
  if (!landscape.ok) return landscape
  const start = parsed.value.start ?? landscape.value.start
  const issues: Issue[] = []
  const entrants = racers.flatMap(({ optimizer: choice, schedule }, index) => {
    const optimizer = resolveOptimizer(choice, ['racers', index, 'optimizer'])
    if (!optimizer.ok) issues.push(...optimizer.issues)
    if (!optimizer.ok) return []
    const context = { base: optimizer.value.learningRate, totalSteps: steps, stepsPerEpoch: 1 }
    issues.push(...scheduleIssues(schedule, context, ['racers', index, 'schedule']))
    const racer = new Racer(landscape.value, { optimizer: optimizer.value, rate: rateAt(schedule, context), start, momentum: momentumAt(schedule, context), react: reactionOf(schedule, optimizer.value.learningRate) })
    return [{ optimizer: optimizer.value, schedule, racer }]
  })
  return issues.length > 0 ? failure(...issues) : success({ landscape: landscape.value, start, steps, entrants })
}

/** Of a schedule that watches a metric: here f, whatever metric it names. */
function reactionOf(schedule: RacerDocument['schedule'], rate: number): ((value: number) => number) | undefined {
  const definition = schedule === undefined ? undefined : scheduleRegistry.get(schedule.type)
  if (schedule === undefined || definition?.react === undefined) return undefined
  let [memory, present]: [readonly number[], number] = [[], rate]
  return (value) => {
    const reaction = definition.react?.(value, memory, 1, schedule) ?? { memory, factor: 1 }
    memory = reaction.memory
    const next = reaction.factor === 1 ? present : Math.min(present, Math.max(present * reaction.factor, definition.lowest?.(schedule) ?? 0))
    const factor = next / present
    present = next
    return factor
  }
}

async function landscapeOf(surface: RaceDocument['surface']): Promise<Result<Landscape>> {
  if (typeof surface !== 'string') return await expressionLandscape(surface)
  const definition = surfaceRegistry.get(surface)
  if (definition === undefined) throw new Error(`surface ${surface} passed validation but is not registered`)
  return success(definition)
}
