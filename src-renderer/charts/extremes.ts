/** Buckets kept at most: more than a chart has pixel columns. */
const LIMIT = 4096

/**
 * A curve that grows and is drawn often: of every stretch of points the lowest and the highest, in their order, and the
 * curve's ends. The stretches double when there are too many, so that adding a point and drawing the whole cost the same after an hour as
 * in the first second. Points come with ascending x; those whose y is not finite are left out.
 */
export class Extremes {
  readonly #lowX = new Float64Array(LIMIT)
  readonly #lowY = new Float64Array(LIMIT)
  readonly #highX = new Float64Array(LIMIT)
  readonly #highY = new Float64Array(LIMIT)
  #buckets = 0
  /** Points in a full bucket. */
  #size = 1
  /** Points in the last bucket. */
  #filled = 0
  #firstX = NaN
  #firstY = NaN
  #lastX = NaN
  #lastY = NaN

  push(x: number, y: number): void {
    if (!Number.isFinite(y)) return
    if (this.#buckets === 0) {
      this.#firstX = x
      this.#firstY = y
    }
    this.#lastX = x
    this.#lastY = y
    if (this.#buckets === 0 || this.#filled === this.#size) this.#open()
    const at = this.#buckets - 1
    if (this.#filled === 0 || y < this.#lowY[at]) {
      this.#lowX[at] = x
      this.#lowY[at] = y
    }
    if (this.#filled === 0 || y > this.#highY[at]) {
      this.#highX[at] = x
      this.#highY[at] = y
    }
    this.#filled++
  }

  /** What there is to draw: at most two points a bucket, and the ends. */
  points(): { readonly x: Float64Array; readonly y: Float64Array } {
    const x = new Float64Array(2 * this.#buckets + 2)
    const y = new Float64Array(2 * this.#buckets + 2)
    let count = 0
    const put = (atX: number, atY: number): void => {
      if (count > 0 && x[count - 1] === atX) return
      x[count] = atX
      y[count++] = atY
    }
    if (this.#buckets > 0) put(this.#firstX, this.#firstY)
    for (let bucket = 0; bucket < this.#buckets; bucket++) {
      const lowFirst = this.#lowX[bucket] <= this.#highX[bucket]
      put(lowFirst ? this.#lowX[bucket] : this.#highX[bucket], lowFirst ? this.#lowY[bucket] : this.#highY[bucket])
      put(lowFirst ? this.#highX[bucket] : this.#lowX[bucket], lowFirst ? this.#highY[bucket] : this.#lowY[bucket])
    }
    if (this.#buckets > 0) put(this.#lastX, this.#lastY)
    return { x: x.subarray(0, count), y: y.subarray(0, count) }
  }

  #open(): void {
    if (this.#buckets === LIMIT) this.#halve()
    this.#buckets++
    this.#filled = 0
  }

  /** Each two buckets become one. */
  #halve(): void {
    for (let bucket = 0; bucket < LIMIT / 2; bucket++) {
      const [first, second] = [2 * bucket, 2 * bucket + 1]
      const low = this.#lowY[second] < this.#lowY[first] ? second : first
      const high = this.#highY[second] > this.#highY[first] ? second : first
      this.#lowX[bucket] = this.#lowX[low]
      this.#lowY[bucket] = this.#lowY[low]
      this.#highX[bucket] = this.#highX[high]
      this.#highY[bucket] = this.#highY[high]
    }
    this.#buckets = LIMIT / 2
    this.#size *= 2
  }
}
