import { momentumAt, rateAt, scheduleRegistry } from '@shared/catalog/schedules'
import type { ExperimentDocument } from '@shared/spec'

/** A change made while running: from `step` (0 is the run's first update) on, the schedule's rate times `factor`. */
export interface RateChange {
  readonly step: number
  readonly factor: number
}

/** The learning rate of every step: the schedule, and what was changed by hand on top of it. */
export class LearningRate {
  readonly #scheduled: (step: number) => number
  /** Momentum of every step, where the schedule moves it. */
  readonly momentum: ((step: number) => number) | null
  readonly #schedule: ExperimentDocument['training']['schedule']
  /** What a schedule remembers that reacts to a metric. */
  #memory: readonly number[] = []
  #changes: readonly RateChange[] = []

  constructor(document: ExperimentDocument, base: number, totalSteps: number, stepsPerEpoch: number) {
    const { schedule } = document.training
    this.#schedule = schedule
    this.#scheduled = rateAt(schedule, { base, totalSteps, stepsPerEpoch })
    this.momentum = momentumAt(schedule, { base, totalSteps, stepsPerEpoch })
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

  get memory(): readonly number[] {
    return this.#memory
  }

  /** Shows a schedule that reacts the metric that was just recorded before `step`; the new rate, or null where it stays. */
  react(step: number, value: number, sign: 1 | -1): number | null {
    const schedule = this.#schedule
    const definition = schedule === undefined ? undefined : scheduleRegistry.get(schedule.type)
    if (schedule === undefined || definition?.react === undefined) return null
    const { memory, factor } = definition.react(value, this.#memory, sign, schedule)
    this.#memory = memory
    const rate = this.at(step)
    const next = Math.max(rate * factor, definition.lowest?.(schedule) ?? 0)
    return factor === 1 || next >= rate ? null : next
  }

  restore(changes: readonly RateChange[], memory: readonly number[] = this.#memory): void {
    this.#changes = changes
    this.#memory = memory
  }
}
