/** Points to draw: `x` ascending. */
export interface Points {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/**
 * At most about `2 × columns` points that look the same at that width: in every column the lowest and the highest finite
 * value, in their order. First and last points are kept. Points outside `[from, to]` are dropped but for one neighbor on
 * each side, so that lines reach the edges. O(points in range); returns `[x, y]` interleaved.
 */
export function decimate({ x, y }: Points, from: number, to: number, columns: number): Float64Array {
  const first = Math.max(0, lowerBound(x, from) - 1)
  const last = Math.min(x.length - 1, lowerBound(x, to))
  const count = last - first + 1
  if (count <= 0) return new Float64Array(0)
  if (count <= 2 * columns) return copy(x, y, first, last)
  const kept: number[] = [first]
  let start = first + 1
  for (let column = 0; column < columns; column++) {
    const end = first + 1 + Math.floor(((column + 1) * (count - 2)) / columns)
    pushExtremes(y, start, end, kept)
    start = end
  }
  kept.push(last)
  const result = new Float64Array(2 * kept.length)
  kept.forEach((index, at) => {
    result[2 * at] = x[index]
    result[2 * at + 1] = y[index]
  })
  return result
}

/** Indices of the extremes of `y` in `[start, end)`, in order; one when they coincide, none when nothing is finite. */
function pushExtremes(y: ArrayLike<number>, start: number, end: number, kept: number[]): void {
  let low = -1
  let high = -1
  for (let index = start; index < end; index++) {
    const value = y[index]
    if (!Number.isFinite(value)) continue
    if (low < 0 || value < y[low]) low = index
    if (high < 0 || value > y[high]) high = index
  }
  if (low < 0) return
  kept.push(Math.min(low, high))
  if (low !== high) kept.push(Math.max(low, high))
}

function copy(x: ArrayLike<number>, y: ArrayLike<number>, first: number, last: number): Float64Array {
  const result = new Float64Array(2 * (last - first + 1))
  for (let index = first; index <= last; index++) {
    result[2 * (index - first)] = x[index]
    result[2 * (index - first) + 1] = y[index]
  }
  return result
}

/** First index whose x is at least `value`; the length when there is none. */
export function lowerBound(x: ArrayLike<number>, value: number): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
