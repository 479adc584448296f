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

/** Part of ECharts' interface for `renderItem`: from places on the axes to pixels. */
export interface Coordinates {
  coord(place: readonly [number, number]): readonly number[]
}

/** What is drawn, as `renderItem` returns it. */
export interface Item {
  readonly type: string
  readonly shape?: object
  readonly style?: object
  readonly silent?: boolean
  /** Of a group. */
  readonly children?: readonly Item[]
}

const WIDTH = 1.6
/** Points in a pixel column from which a curve is drawn hair-thin: thick zigzags are many times slower, and hide each other. */
const DENSE = 0.5
const DOT = 3
const BAND_OPACITY = 0.18
const FAINT_OPACITY = 0.22
const MARK_FONT = 10
const MARK_GAP = 3
const MARK_ROW = 13
const MARK_ROWS = 3
/** A letter's width, pixels: a wide one's of the sans-serif fonts. */
const MARK_LETTER = 6
/** Chinese characters and their punctuation are as wide as high. */
const SQUARE = /[\u2e80-\u9fff\uff00-\uff60]/g

/** Turns `[x, y]` interleaved into pixels; what an axis has no place for is NaN. Two points tell all: axes are linear in places. */
function project(xy: Float64Array, frame: Frame, { coord }: Coordinates): Float64Array {
  const { xScale, yScale } = frame
  const from: readonly [number, number] = [position(xScale, frame.x[0]), position(yScale, frame.y[0])]
  const to: readonly [number, number] = [position(xScale, frame.x[1]), position(yScale, frame.y[1])]
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

export function curveItem({ series, xy }: { readonly series: LineSeries; readonly xy: Float64Array }, frame: Frame, api: Coordinates): Item {
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
export function areaItem({ x, low, high, color }: Band, frame: Frame, api: Coordinates): Item {
  const floor = frame.yScale === 'log' ? frame.y[0] : -Infinity
  const outline: number[] = []
  for (let at = 0; at < x.length; at++) if (high[at] >= floor) outline.push(x[at], high[at])
  for (let at = x.length - 1; at >= 0; at--) if (high[at] >= floor) outline.push(x[at], Math.max(low[at], floor))
  return { type: CURVE, shape: { xy: project(Float64Array.from(outline), frame, api), closed: true }, style: { fill: color, opacity: BAND_OPACITY }, silent: true }
}

function textWidth(text: string): number {
  const square = text.match(SQUARE)?.length ?? 0
  return square * MARK_FONT + (text.length - square) * MARK_LETTER
}

/** One of a chart's marks: a dotted line, its word to the right; where the border or the next mark is too near to the left, in one of a few rows. */
export function markItem(marks: readonly ChartMark[], index: number, frame: Frame, theme: ChartTheme, api: Coordinates): Item {
  const { x, label } = marks[index]
  const [x1, y1, x2, y2] = project(Float64Array.of(x, frame.y[0], x, frame.y[1]), frame, api)
  const following = marks.flatMap((mark) => (mark.x > x ? [mark.x] : []))
  const [limit] = project(Float64Array.of(Math.min(frame.x[1], ...following), frame.y[0]), frame, api)
  const left = x1 + MARK_GAP + textWidth(label) > limit
  return {
    type: 'group',
    children: [
      { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: theme.soft, lineWidth: 1, lineDash: [2, 3] }, silent: true },
      { type: 'text', style: { text: label, x: left ? x1 - MARK_GAP : x1 + MARK_GAP, y: y2 + 2 + (left ? (index % MARK_ROWS) * MARK_ROW : 0), align: left ? 'right' : 'left', fill: theme.soft, fontSize: MARK_FONT, fontFamily: FONT }, silent: true },
    ],
  }
}
