import type { CoreEvent } from '@main/core'
import type { RunFacts } from '@shared/protocol/training'

/** Seconds of training over which the displayed speed is taken: short enough to follow, long enough to be calm. */
const WINDOW_SECONDS = 3

/** What a display shows of a run in progress, gathered from its events. */
export class RunProgress {
  #facts: RunFacts | null = null
  #step = 0
  #seconds = 0
  #latest: Readonly<Record<string, number>> = {}
  #evaluated: Readonly<Record<string, number>> = {}
  readonly #marks: { readonly step: number; readonly seconds: number }[] = []

  take(event: CoreEvent): void {
    switch (event.type) {
      case 'prepared':
        this.#facts = event.facts
        return
      case 'points': {
        const { batch } = event
        const last = batch.count - 1
        this.#advance(batch.firstStep + last, batch.seconds[last])
        this.#latest = Object.fromEntries(Object.entries(batch.columns).map(([key, column]) => [key, column[last]]))
        return
      }
      case 'evaluated':
        this.#advance(event.step, event.seconds)
        this.#evaluated = { ...this.#evaluated, ...event.metrics }
        return
      default:
        return
    }
  }

  get facts(): RunFacts | null {
    return this.#facts
  }

  get step(): number {
    return this.#step
  }

  /** Epochs completed. */
  get epoch(): number {
    return this.#facts === null ? 0 : Math.floor(this.#step / this.#facts.stepsPerEpoch)
  }

  get epochs(): number {
    return this.#facts === null ? 0 : Math.ceil(this.#facts.totalSteps / this.#facts.stepsPerEpoch)
  }

  /** Of the last step: `train.loss`, `train.accuracy`, `learningRate`. */
  get latest(): Readonly<Record<string, number>> {
    return this.#latest
  }

  /** Of the last evaluation: `epoch.loss`, `val.loss`, `val.accuracy`. */
  get evaluated(): Readonly<Record<string, number>> {
    return this.#evaluated
  }

  /** Rows a second over the last few seconds of training; null before two reports. */
  get samplesPerSecond(): number | null {
    const first = this.#marks.at(0)
    const last = this.#marks.at(-1)
    if (this.#facts === null || first === undefined || last === undefined || last.seconds <= first.seconds) return null
    return ((last.step - first.step) * this.#facts.rows.train) / this.#facts.stepsPerEpoch / (last.seconds - first.seconds)
  }

  /** Seconds of training still to come at the present speed; null while unknown. */
  get secondsLeft(): number | null {
    const rate = this.samplesPerSecond
    if (this.#facts === null || rate === null || rate === 0) return null
    return ((this.#facts.totalSteps - this.#step) * this.#facts.rows.train) / this.#facts.stepsPerEpoch / rate
  }

  #advance(step: number, seconds: number): void {
    this.#step = step
    this.#seconds = seconds
    this.#marks.push({ step, seconds })
    while (this.#marks.length > 2 && this.#marks[1].seconds <= this.#seconds - WINDOW_SECONDS) this.#marks.shift()
  }
}
