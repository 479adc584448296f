import type { Monitor, TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { python } from '../python/literal'
import { GRADIENT_NORM } from '@shared/catalog/stopping'

/** What rules and schedules look at, apart by where it comes from. */
export interface Looks {
  /** At what an evaluation gives. */
  readonly validation: boolean
  /** At the mean loss of an epoch. */
  readonly loss: boolean
  /** At metrics of an epoch's own answers. */
  readonly metrics: boolean
  readonly gradientNorm: boolean
}

export function looksOf({ stopping, scheduleMonitor }: TrainingPlan): Looks {
  const keys = [scheduleMonitor, ...stopping.map(({ monitor }) => monitor)].flatMap((monitor: Monitor | null) => monitor?.key ?? [])
  return {
    validation: keys.some((key) => key.startsWith('val.')),
    loss: keys.includes('epoch.loss'),
    metrics: keys.some((key) => key.startsWith('epoch.') && key !== 'epoch.loss' && key !== GRADIENT_NORM),
    gradientNorm: keys.includes(GRADIENT_NORM),
  }
}

/** `step % 10 == 0 and …`: when an evaluation is due within an epoch; null where none is. `step` counts updates, `inside`
 *  says that the epoch goes on: at its end there is an evaluation anyway. */
export function dueWithin({ training: { evaluateEvery } }: ExperimentDocument, step: string, inside: string): string | null {
  return evaluateEvery === 'epoch' ? null : `${step} % ${python(evaluateEvery.steps)} == 0 and ${inside}`
}
