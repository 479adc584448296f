import { Extremes } from '@renderer/charts/extremes'
import type { Points } from '@renderer/charts/decimate'
import type { GrowingSeries } from '@renderer/stores/series'

/**
 * A live metric as a chart shows it, raw and smoothed (EMA with bias correction, see charts/smooth.ts). Takes from the
 * series what it has not seen yet: an update costs what is new.
 */
export class LiveCurve {
  #raw = new Extremes()
  #smoothed = new Extremes()
  /** Points of the series, of all ever appended, that were read. */
  #seen = 0
  #generation = -1
  #sum = 0
  #mass = 0

  constructor(
    /** α of the moving average in [0, 1); 0 smooths nothing. */
    readonly weight: number,
    /** Steps per unit of x: 1 counts steps, an epoch's steps count epochs. */
    readonly unit: number,
  ) {}

  /** Reads on; starts over when the series did, or left points out that were not read yet. */
  update(series: GrowingSeries): void {
    const lost = this.#seen < series.completeFrom && this.#seen > 0
    if (this.#generation !== series.generation || lost) this.#restart(series.generation)
    const { steps, values, length, total } = series
    for (let index = Math.max(0, length - (total - this.#seen)); index < length; index++) this.#add(steps[index], values[index])
    this.#seen = total
  }

  raw(): Points {
    return this.#raw.points()
  }

  smoothed(): Points {
    return this.weight === 0 ? this.raw() : this.#smoothed.points()
  }

  #add(step: number, value: number): void {
    const x = step / this.unit
    this.#raw.push(x, value)
    if (this.weight === 0 || !Number.isFinite(value)) return
    this.#sum = this.weight * this.#sum + (1 - this.weight) * value
    this.#mass = this.weight * this.#mass + (1 - this.weight)
    this.#smoothed.push(x, this.#sum / this.#mass)
  }

  #restart(generation: number): void {
    this.#generation = generation
    this.#raw = new Extremes()
    this.#smoothed = new Extremes()
    this.#seen = 0
    this.#sum = 0
    this.#mass = 0
  }
}
