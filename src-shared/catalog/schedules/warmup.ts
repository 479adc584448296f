import { inSteps, type ScheduleContext, type Warmup } from './schedule'

/** Length of the warm-up in updates. */
export function warmupSteps(warmup: Warmup | undefined, context: ScheduleContext): number {
  if (warmup === undefined) return 0
  return 'steps' in warmup ? warmup.steps : inSteps(warmup.epochs, 'epochs', context)
}

/**
 * Puts the warm-up before a schedule: update t < W uses from + (base − from)·t/W, and the schedule starts at update W as
 * if it were the first, with the steps that are left (as Keras's CosineDecay and PyTorch's SequentialLR do).
 */
export function withWarmup(
  warmup: Warmup | undefined,
  context: ScheduleContext,
  rate: (step: number, context: ScheduleContext) => number,
): (step: number) => number {
  const length = warmupSteps(warmup, context)
  const from = warmup?.from ?? 0
  const remaining = { ...context, totalSteps: context.totalSteps - length }
  return (step) => (step < length ? from + ((context.base - from) * step) / length : rate(step - length, remaining))
}
