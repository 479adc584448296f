import { parseNumber } from './numbers'

/** A growing column of categories, numbered in the end in an order that does not depend on the rows' order. */
export class CategoryColumn {
  readonly #codes = new Map<string, number>()
  #values = new Int32Array(1024)
  #length = 0

  /** Null means missing. */
  push(text: string | null): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = text === null ? -1 : this.#codeOf(text)
  }

  get distinct(): number {
    return this.#codes.size
  }

  finish(): { readonly codes: Int32Array; readonly categories: readonly string[] } {
    const seen = [...this.#codes.keys()]
    const categories = sortCategories(seen)
    const places = new Map(categories.map((category, place) => [category, place]))
    const final = Int32Array.from(seen, (category) => places.get(category) ?? -1)
    return { codes: this.#values.slice(0, this.#length).map((code) => (code < 0 ? -1 : final[code])), categories }
  }

  #codeOf(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    this.#codes.set(text, this.#codes.size)
    return this.#codes.size - 1
  }
}

/** Numbers by value, then texts by code units: the same on every machine and in every language. */
export function sortCategories(categories: readonly string[]): readonly string[] {
  const rank = (text: string): number => parseNumber(text)
  return [...categories].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)]
    const numbers = Number(Number.isNaN(left)) - Number(Number.isNaN(right))
    if (numbers !== 0) return numbers
    if (left !== right && !Number.isNaN(left)) return left - right
    return a < b ? -1 : a > b ? 1 : 0
  })
}
