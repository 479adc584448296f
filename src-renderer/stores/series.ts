/** Points kept of one metric: at 5,000 steps a second an hour would otherwise fill the window's memory. */
const LIMIT = 2 ** 18
/** Of each so many points the lowest and the highest stay when the limit is reached. */
const STRETCH = 4

/** A metric's points as they grow: typed arrays that double when full, so that a tick costs what is new. */
export class GrowingSeries {
  #steps = new Float64Array(1024)
  #seconds = new Float64Array(1024)
  #values = new Float64Array(1024)
  length = 0
  cursor: unknown = undefined
  /** Grows with every `clear`: what was read before is void. */
  generation = 0
  /** Points ever appended since the last `clear`. */
  total = 0
  /** Number, among all ever appended, of the first point since which none was left out. */
  completeFrom = 0

  get steps(): Float64Array {
    return this.#steps.subarray(0, this.length)
  }

  get seconds(): Float64Array {
    return this.#seconds.subarray(0, this.length)
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
    this.total = 0
    this.completeFrom = 0
    this.generation++
  }

  append(steps: Float64Array, seconds: Float64Array, values: Float64Array): void {
    if (this.length > 0 && this.length + steps.length > LIMIT) this.#thin()
    const needed = this.length + steps.length
    if (needed > this.#steps.length) {
      const capacity = Math.max(needed, 2 * this.#steps.length)
      this.#steps = grown(this.#steps, capacity)
      this.#seconds = grown(this.#seconds, capacity)
      this.#values = grown(this.#values, capacity)
    }
    this.#steps.set(steps, this.length)
    this.#seconds.set(seconds, this.length)
    this.#values.set(values, this.length)
    this.length = needed
    this.total += steps.length
  }

  /** Halves the points: extremes stay, so that no peak disappears, and so do both ends. */
  #thin(): void {
    let kept = 0
    const keep = (index: number): void => {
      this.#steps[kept] = this.#steps[index]
      this.#seconds[kept] = this.#seconds[index]
      this.#values[kept++] = this.#values[index]
    }
    for (let start = 0; start < this.length; start += STRETCH) {
      const end = Math.min(start + STRETCH, this.length)
      let low = start
      let high = start
      for (let index = start; index < end; index++) {
        if (this.#values[index] < this.#values[low]) low = index
        if (this.#values[index] > this.#values[high]) high = index
      }
      const [first, second] = low < high ? [low, high] : [high, low]
      if (start === 0 && first !== 0) keep(0)
      keep(first)
      if (second !== first) keep(second)
      if (end === this.length && second !== end - 1) keep(end - 1)
    }
    this.length = kept
    this.completeFrom = this.total
  }
}

function grown(data: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity)
  larger.set(data)
  return larger
}
