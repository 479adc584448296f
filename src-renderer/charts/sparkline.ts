import { decimate, type Points } from './decimate'

/**
 * An SVG path of a curve in a box of `width × height`, its finite values from top (largest, or the end of `range`) to
 * bottom; of many points the extremes of each pixel. Values that are not finite break the line. Empty where fewer than two
 * values are finite.
 */
export function sparklinePath(points: Points, width: number, height: number, range?: readonly [number, number]): string {
  const xy = decimate(points, -Infinity, Infinity, width)
  const [low, high] = range ?? extremes(xy)
  if (!(low <= high) || countFinite(xy) < 2) return ''
  const from = xy[0]
  const across = xy[xy.length - 2] - from || 1
  const up = high - low || 1
  let path = ''
  let pen = 'M'
  for (let at = 0; at < xy.length; at += 2) {
    const y = xy[at + 1]
    if (!Number.isFinite(y)) {
      pen = 'M'
      continue
    }
    const top = high === low ? height / 2 : ((high - y) / up) * height
    path += `${pen}${(((xy[at] - from) / across) * width).toFixed(1)} ${top.toFixed(1)}`
    pen = 'L'
  }
  return path
}

function extremes(xy: Float64Array): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let at = 1; at < xy.length; at += 2) {
    if (!Number.isFinite(xy[at])) continue
    low = Math.min(low, xy[at])
    high = Math.max(high, xy[at])
  }
  return [low, high]
}

function countFinite(xy: Float64Array): number {
  let count = 0
  for (let at = 1; at < xy.length; at += 2) if (Number.isFinite(xy[at])) count++
  return count
}
