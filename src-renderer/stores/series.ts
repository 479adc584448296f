/** A metric's points as they grow: typed arrays that double when full, so that a tick costs what is new. */
export class GrowingSeries {
  #steps = new Float64Array(1024)
  #seconds = new Float64Array(1024)
  #values = new Float64Array(1024)
  length = 0
  cursor: unknown = undefined

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
  }

  append(steps: Float64Array, seconds: Float64Array, values: Float64Array): void {
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
  }
}

function grown(data: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity)
  larger.set(data)
  return larger
}
