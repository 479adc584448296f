/** What scaling and filling need to know of values. Missing values (NaN) are left out; without any value all is 0. */
export interface Statistics {
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** Population standard deviation (divisor n), as scikit-learn's StandardScaler. */
  readonly deviation: number
}

/** Value at a position 0 … count−1; NaN where missing. */
export type Series = (at: number) => number

/** Statistics of one series. */
export function statisticsOf(values: Series, count: number): Statistics {
  const totals = new Totals(1)
  for (let at = 0; at < count; at++) totals.add(0, values(at))
  totals.close()
  for (let at = 0; at < count; at++) totals.addSquare(0, values(at))
  return totals.result(0)
}

/**
 * Statistics of consecutive groups of `size` elements in row-major data, over some of its rows: `size` 1 for each
 * element, height·width for each channel of images. Reads rows in order, so it is as fast as memory.
 */
export function groupStatistics(data: ArrayLike<number>, rows: ArrayLike<number>, groups: number, size: number): readonly Statistics[] {
  const totals = new Totals(groups)
  const eachRow = (visit: (group: number, value: number) => void): void => {
    for (let index = 0; index < rows.length; index++) {
      let at = rows[index] * groups * size
      for (let group = 0; group < groups; group++) for (let element = 0; element < size; element++) visit(group, data[at++])
    }
  }
  eachRow((group, value) => totals.add(group, value))
  totals.close()
  eachRow((group, value) => totals.addSquare(group, value))
  return Array.from({ length: groups }, (_, group) => totals.result(group))
}

/** Two passes in float64: `add` every value, `close`, `addSquare` every value again. */
class Totals {
  readonly #count: Float64Array
  readonly #sum: Float64Array
  readonly #min: Float64Array
  readonly #max: Float64Array
  readonly #squares: Float64Array

  constructor(groups: number) {
    this.#count = new Float64Array(groups)
    this.#sum = new Float64Array(groups)
    this.#min = new Float64Array(groups).fill(Infinity)
    this.#max = new Float64Array(groups).fill(-Infinity)
    this.#squares = new Float64Array(groups)
  }

  add(group: number, value: number): void {
    if (Number.isNaN(value)) return
    this.#count[group]++
    this.#sum[group] += value
    if (value < this.#min[group]) this.#min[group] = value
    if (value > this.#max[group]) this.#max[group] = value
  }

  /** Sums become means. Of values all alike it is exactly that value, which a rounded sum would miss. */
  close(): void {
    for (let group = 0; group < this.#sum.length; group++) {
      this.#sum[group] = this.#min[group] === this.#max[group] ? this.#min[group] : this.#sum[group] / this.#count[group]
    }
  }

  addSquare(group: number, value: number): void {
    if (!Number.isNaN(value)) this.#squares[group] += (value - this.#sum[group]) ** 2
  }

  result(group: number): Statistics {
    const count = this.#count[group]
    if (count === 0) return { count: 0, min: 0, max: 0, mean: 0, deviation: 0 }
    return { count, min: this.#min[group], max: this.#max[group], mean: this.#sum[group], deviation: Math.sqrt(this.#squares[group] / count) }
  }
}

/** Median of the values present (mean of the middle two for an even count); NaN when there is none. */
export function medianOf(values: Series, count: number): number {
  const present = Float64Array.from({ length: count }, (_, at) => values(at)).filter((value) => !Number.isNaN(value)).sort()
  const middle = present.length >> 1
  if (present.length === 0) return NaN
  const [low, high] = [present[present.length % 2 === 1 ? middle : middle - 1], present[middle]]
  // Halves of the smallest numbers are rounded, a sum of the largest overflows.
  return low === high ? low : low / 2 + high / 2
}
