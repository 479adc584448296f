import type { z } from 'zod'
import type { Definition, OptionsOf } from '../definition'

export interface ScheduleContext {
  /** The optimiser's `learningRate`. */
  readonly base: number
  /** Planned steps of the whole run, and of one epoch. */
  readonly totalSteps: number
  readonly stepsPerEpoch: number
}

export interface ScheduleDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Learning rate at `step` (0 for the first update), float64; warm-up is applied around it (`withWarmup`). */
  rate(step: number, context: ScheduleContext, options: OptionsOf<Definition<S>>): number
}
