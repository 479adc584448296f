import { rateAt, type ScheduleContext } from '@shared/catalog/schedules'
import { totalSteps } from '@shared/catalog/stopping'
import type { ExperimentDocument } from '@shared/spec'

/** Steps that a run of this document will make. */
export interface PlannedSteps {
  readonly stepsPerEpoch: number
  readonly totalSteps: number
}

export function plannedSteps(training: Pick<ExperimentDocument['training'], 'batchSize' | 'epochs' | 'stopping'>, trainRows: number): PlannedSteps {
  const { batchSize } = training
  const stepsPerEpoch = batchSize === 'full' ? 1 : Math.ceil(trainRows / batchSize)
  return { stepsPerEpoch, totalSteps: totalSteps(training, stepsPerEpoch) }
}

/** Points of a schedule's curve: fine enough for any chart; a run of fewer steps shows each. */
const POINTS = 600

/** The learning rate over the planned steps, x in epochs. */
export function scheduleCurve(schedule: ExperimentDocument['training']['schedule'], context: ScheduleContext): { readonly x: Float64Array; readonly y: Float64Array } {
  const rate = rateAt(schedule, context)
  const count = Math.min(POINTS, context.totalSteps)
  const steps = Float64Array.from({ length: count }, (_, index) => (count === 1 ? 0 : Math.round((index * (context.totalSteps - 1)) / (count - 1))))
  return { x: steps.map((step) => step / context.stepsPerEpoch), y: steps.map((step) => rate(step)) }
}
