import { ticks } from 'd3-array'
import type { Point } from '@shared/catalog/surfaces'
import type { Landscape } from './landscape'
import type { Trajectory } from './racer'

/** Where things of the plane stand in a picture: pixels, the origin at the upper left. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly view: Landscape['view']
}

/** Room around the plot for the axes' numbers, pixels. */
export const MARGIN = { left: 44, right: 12, top: 10, bottom: 28 } as const

/** Beyond this many pixels outside, a path's direction is all that is seen of it. */
const FAR = 1e4

const TICK_PIXELS = 80

export function plotSize({ width, height }: Frame): { readonly width: number; readonly height: number } {
  return { width: Math.max(1, width - MARGIN.left - MARGIN.right), height: Math.max(1, height - MARGIN.top - MARGIN.bottom) }
}

export function toPixels(frame: Frame, [x, y]: Point): Point {
  const { width, height } = plotSize(frame)
  const { view } = frame
  return [MARGIN.left + (width * (x - view.x[0])) / (view.x[1] - view.x[0]), MARGIN.top + (height * (view.y[1] - y)) / (view.y[1] - view.y[0])]
}

export function toPlane(frame: Frame, [left, top]: Point): Point {
  const { width, height } = plotSize(frame)
  const { view } = frame
  return [view.x[0] + ((left - MARGIN.left) / width) * (view.x[1] - view.x[0]), view.y[1] - ((top - MARGIN.top) / height) * (view.y[1] - view.y[0])]
}

/** The SVG transformation that takes the cells of a height map to the plot. */
export function cellsToPixels(frame: Frame, columns: number, rows: number): string {
  const { width, height } = plotSize(frame)
  return `translate(${MARGIN.left} ${MARGIN.top + height}) scale(${width / columns} ${-height / rows})`
}

/** The way of the first `steps` updates, as an SVG path. */
export function trajectoryPath(frame: Frame, { x, y }: Pick<Trajectory, 'x' | 'y'>, steps: number): string {
  const count = Math.min(x.length, steps + 1)
  const points: string[] = []
  for (let step = 0; step < count; step++) {
    const [left, top] = toPixels(frame, [x[step], y[step]])
    points.push(`${near(left)},${near(top)}`)
  }
  return points.length === 0 ? '' : `M${points.join('L')}`
}

/** Where the racer is after `steps` updates: where it was last when it has ended before; null without any point. */
export function headOf({ x, y, value }: Trajectory, steps: number): { readonly at: Point; readonly value: number; readonly step: number } | null {
  const step = Math.min(x.length - 1, steps)
  return step < 0 ? null : { at: [x[step], y[step]], value: value[step], step }
}

/** Round numbers along both axes and their pixels. */
export function axisTicks(frame: Frame): { readonly x: readonly Tick[]; readonly y: readonly Tick[] } {
  const { width, height } = plotSize(frame)
  const { view } = frame
  return {
    x: ticks(view.x[0], view.x[1], Math.max(2, Math.floor(width / TICK_PIXELS))).map((value) => ({ value, at: toPixels(frame, [value, view.y[0]])[0] })),
    y: ticks(view.y[0], view.y[1], Math.max(2, Math.floor(height / TICK_PIXELS))).map((value) => ({ value, at: toPixels(frame, [view.x[0], value])[1] })),
  }
}

export interface Tick {
  readonly value: number
  readonly at: number
}

function near(pixels: number): string {
  return String(Math.round(Math.max(-FAR, Math.min(FAR, pixels)) * 10) / 10)
}
