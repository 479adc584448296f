import { position, valueAt, type Scale } from './scale'

/** Points to draw: `x` ascending. */
export interface Points {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/**
 * At most about `2 × columns` points that look the same at that width: in every column of pixels the lowest and the
 * highest finite value, in their order. Columns are equally wide on the axis, so that a logarithmic one keeps its left
 * part. First and last points are kept; a column without any finite value leaves a gap (NaN). Points outside
 * `[from, to]` are dropped but for one neighbor on each side, so that lines reach the edges. O(points in range); returns
 * `[x, y]` interleaved.
 */
export function decimate({ x, y }: Points, from: number, to: number, columns: number, scale: Scale = 'linear'): Float64Array {
  const first = Math.max(0, lowerBound(x, from) - 1)
  const last = Math.min(x.length - 1, upperBound(x, to))
  const count = last - first + 1
  if (count <= 0) return new Float64Array(0)
  if (count <= 2 * columns) return copy(x, y, first, last)
  const kept = new Int32Array(2 * columns + 4)
  let length = 0
  kept[length++] = first
  let start = first + 1
  for (const edge of columnEdges(Math.max(from, x[first]), Math.min(to, x[last]), columns, scale)) {
    let end = start
    while (end < last && x[end] <= edge) end++
    length = keepExtremes(y, start, end, kept, length)
    start = end
  }
  length = keepExtremes(y, start, last, kept, length)
  if (last > first) kept[length++] = last
  const result = new Float64Array(2 * length)
  for (let at = 0; at < length; at++) {
    result[2 * at] = x[kept[at]]
    result[2 * at + 1] = y[kept[at]]
  }
  return result
}

interface Decimated {
  readonly of: string
  readonly xy: Float64Array
}

const decimated = new WeakMap<Points, Decimated>()

/** `decimate`, remembered: of many curves drawn again and again only those that changed are looked at. Points are not changed in place. */
export function decimateOnce(points: Points, from: number, to: number, columns: number, scale: Scale): Float64Array {
  const of = `${String(from)} ${String(to)} ${String(columns)} ${scale}`
  const known = decimated.get(points)
  if (known?.of === of) return known.xy
  const xy = decimate(points, from, to, columns, scale)
  decimated.set(points, { of, xy })
  return xy
}

/** Right ends of the columns. */
function columnEdges(from: number, to: number, columns: number, scale: Scale): Float64Array {
  // What a logarithmic axis has no place for goes into the first column.
  const begin = scale === 'log' && from <= 0 ? position(scale, to) - 12 : position(scale, from)
  const width = (position(scale, to) - begin) / columns
  return Float64Array.from({ length: columns }, (_, column) => valueAt(scale, begin + (column + 1) * width))
}

/** Appends the indices of the extremes of `y` in `[start, end)`, in order; the first when nothing is finite. Returns the new length. */
function keepExtremes(y: ArrayLike<number>, start: number, end: number, kept: Int32Array, length: number): number {
  if (start >= end) return length
  let low = -1
  let high = -1
  for (let index = start; index < end; index++) {
    const value = y[index]
    if (!Number.isFinite(value)) continue
    if (low < 0 || value < y[low]) low = index
    if (high < 0 || value > y[high]) high = index
  }
  if (low < 0) low = high = start
  kept[length++] = Math.min(low, high)
  if (low !== high) kept[length++] = Math.max(low, high)
  return length
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
  return partition(x, (each) => each < value)
}

/** First index whose x is greater than `value`; the length when there is none. */
export function upperBound(x: ArrayLike<number>, value: number): number {
  return partition(x, (each) => each <= value)
}

function partition(x: ArrayLike<number>, before: (each: number) => boolean): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (before(x[middle])) low = middle + 1
    else high = middle
  }
  return low
}
