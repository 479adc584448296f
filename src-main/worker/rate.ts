import { rateAt } from '@shared/catalog/schedules'
import type { ExperimentDocument } from '@shared/spec'

/** A change made while running: from `step` (0 is the run's first update) on, the schedule's rate times `factor`. */
export interface RateChange {
  readonly step: number
  readonly factor: number
}

/** The learning rate of every step: the schedule, and what was changed by hand on top of it. */
export class LearningRate {
  readonly #scheduled: (step: number) => number
  #changes: readonly RateChange[] = []

  constructor(document: ExperimentDocument, base: number, totalSteps: number, stepsPerEpoch: number) {
    this.#scheduled = rateAt(document.training.schedule, { base, totalSteps, stepsPerEpoch })
  }

  get changes(): readonly RateChange[] {
    return this.#changes
  }

  at(step: number): number {
    const change = this.#changes.findLast((each) => each.step <= step)
    return this.#scheduled(step) * (change?.factor ?? 1)
  }

  /** Makes the rate `value` at `step`. Returns the factor; the schedule goes on in proportion. A scheduled rate of 0
   *  cannot be scaled, so the factor stays. */
  change(step: number, value: number): number {
    const scheduled = this.#scheduled(step)
    const factor = scheduled === 0 ? 1 : value / scheduled
    this.restore([...this.#changes.filter((each) => each.step < step), { step, factor }])
    return factor
  }

  restore(changes: readonly RateChange[]): void {
    this.#changes = changes
  }
}
