import type { Points } from './decimate'

/**
 * An SVG path of a curve in a box of `width × height`, its finite values from top (largest) to bottom. Values that are
 * not finite break the line. Empty where fewer than two values are finite.
 */
export function sparklinePath({ x, y }: Points, width: number, height: number): string {
  let low = Infinity
  let high = -Infinity
  let finite = 0
  for (let index = 0; index < y.length; index++) {
    if (!Number.isFinite(y[index])) continue
    finite++
    low = Math.min(low, y[index])
    high = Math.max(high, y[index])
  }
  if (finite < 2) return ''
  const from = x[0]
  const across = x[x.length - 1] - from || 1
  const up = high - low || 1
  let path = ''
  let pen = 'M'
  for (let index = 0; index < y.length; index++) {
    if (!Number.isFinite(y[index])) {
      pen = 'M'
      continue
    }
    const top = high === low ? height / 2 : ((high - y[index]) / up) * height
    path += `${pen}${(((x[index] - from) / across) * width).toFixed(1)} ${top.toFixed(1)}`
    pen = 'L'
  }
  return path
}
