import type { Band } from './band'
import { CURVE } from './curve-shape'
import type { ChartMark, LineSeries } from './line-chart'
import { position, type Scale } from './scale'
import { FONT, type ChartTheme } from './theme'

/** What is shown, and how wide: turns data into places on the axes. */
export interface Frame {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly xScale: Scale
  readonly yScale: Scale
  /** Pixel columns. */
  readonly columns: number
}

/** Part of ECharts' interface for `renderItem`. */
interface Coordinates {
  coord(place: readonly [number, number]): readonly number[]
}

const WIDTH = 1.6
/** Points in a pixel column from which a curve is drawn hair-thin: thick zigzags are many times slower, and hide each other. */
const DENSE = 0.5
const DOT = 3
const BAND_OPACITY = 0.18
const FAINT_OPACITY = 0.22

/** Turns `[x, y]` interleaved into pixels; what an axis has no place for is NaN. Two points tell all: axes are linear in places. */
function project(xy: Float64Array, frame: Frame, api: unknown): Float64Array {
  const { xScale, yScale } = frame
  const from: readonly [number, number] = [position(xScale, frame.x[0]), position(yScale, frame.y[0])]
  const to: readonly [number, number] = [position(xScale, frame.x[1]), position(yScale, frame.y[1])]
  const { coord } = api as Coordinates
  const [left, bottom] = coord(from)
  const [right, top] = coord(to)
  const [perX, perY] = [(right - left) / (to[0] - from[0]), (top - bottom) / (to[1] - from[1])]
  const pixels = new Float64Array(xy.length)
  for (let at = 0; at < xy.length; at += 2) {
    pixels[at] = left + (position(xScale, xy[at]) - from[0]) * perX
    const y = position(yScale, xy[at + 1])
    pixels[at + 1] = Number.isFinite(y) ? bottom + (y - from[1]) * perY : NaN
  }
  return pixels
}

export function curveItem({ series, xy }: { readonly series: LineSeries; readonly xy: Float64Array }, frame: Frame, api: unknown): object {
  const pixels = project(xy, frame, api)
  const { color, dashed = false, faint = false } = series
  const dense = xy.length / 2 > DENSE * frame.columns
  const style = {
    fill: 'none',
    stroke: color,
    lineWidth: faint || dense ? 1 : WIDTH,
    lineDash: dashed ? [5, 3] : null,
    lineJoin: 'bevel',
    opacity: faint ? FAINT_OPACITY : 1,
  }
  const line = { type: CURVE, shape: { xy: pixels, closed: false }, style, silent: true }
  const dots = lonely(pixels).map(([cx, cy]) => ({ type: 'circle', shape: { cx, cy, r: DOT }, style: { fill: color, opacity: style.opacity }, silent: true }))
  return dots.length === 0 ? line : { type: 'group', children: [line, ...dots] }
}

/** Points with a gap on either side: a line cannot show them. */
function lonely(pixels: Float64Array): [number, number][] {
  const missing = (at: number): boolean => at < 0 || at >= pixels.length || Number.isNaN(pixels[at + 1]) || Number.isNaN(pixels[at])
  const result: [number, number][] = []
  for (let at = 0; at < pixels.length; at += 2) {
    if (!missing(at) && missing(at - 2) && missing(at + 2)) result.push([pixels[at], pixels[at + 1]])
  }
  return result
}

/** The area as one stroke, out along the upper curve and back along the lower; below a logarithmic axis it is cut off. */
export function areaItem({ x, low, high, color }: Band, frame: Frame, api: unknown): object {
  const floor = frame.yScale === 'log' ? frame.y[0] : -Infinity
  const outline: number[] = []
  for (let at = 0; at < x.length; at++) if (high[at] >= floor) outline.push(x[at], high[at])
  for (let at = x.length - 1; at >= 0; at--) if (high[at] >= floor) outline.push(x[at], Math.max(low[at], floor))
  return { type: CURVE, shape: { xy: project(Float64Array.from(outline), frame, api), closed: true }, style: { fill: color, opacity: BAND_OPACITY }, silent: true }
}

export function markItem({ x, label }: ChartMark, frame: Frame, theme: ChartTheme, api: unknown): object {
  const ends = project(Float64Array.of(x, frame.y[0], x, frame.y[1]), frame, api)
  const [x1, y1, x2, y2] = ends
  return {
    type: 'group',
    children: [
      { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: theme.soft, lineWidth: 1, lineDash: [2, 3] }, silent: true },
      { type: 'text', style: { text: label, x: x1 + 3, y: y2 + 2, fill: theme.soft, fontSize: 10, fontFamily: FONT }, silent: true },
    ],
  }
}
