import type { NumericValues } from '@shared/data/types'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A finite decimal number with a point, as spreadsheets and programs write it; NaN for anything else. */
export function parseNumber(text: string): number {
  if (!NUMBER.test(text)) return NaN
  const value = Number(text)
  return Number.isFinite(value) ? value : NaN
}

/** A growing column of numbers in the narrowest type that holds all of them exactly. */
export class NumberColumn {
  #values: NumericValues = new Uint8Array(1024)
  #length = 0

  /** NaN means missing. */
  push(value: number): void {
    while (!holds(this.#values, value)) this.#values = this.#values instanceof Uint8Array ? new Float32Array(this.#values) : new Float64Array(this.#values)
    if (this.#length === this.#values.length) {
      const larger = new (this.#values.constructor as new (length: number) => NumericValues)(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  finish(): NumericValues {
    return this.#values.slice(0, this.#length)
  }
}

function holds(values: NumericValues, value: number): boolean {
  if (values instanceof Float64Array) return true
  if (values instanceof Float32Array) return Number.isNaN(value) || Math.fround(value) === value
  return value >= 0 && value <= 255 && Number.isInteger(value) && !Object.is(value, -0)
}
