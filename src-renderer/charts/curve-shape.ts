import { graphic } from 'echarts/core'

/** What ECharts draws a path with. */
interface Pen {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  closePath(): void
}

export interface CurveShape {
  /** Pixels, `[x, y]` interleaved; NaN lifts the pen. */
  readonly xy: Float64Array
  /** Whether each stroke ends where it began: areas. */
  readonly closed: boolean
}

/** Name of the shape in `renderItem`. */
export const CURVE = 'descentCurve'

/**
 * A whole curve as one shape: a hundred of them with thousands of points each cost a hundred elements, not a hundred
 * thousand. ECharts' own line series spends several times as long on the same picture.
 */
export function registerCurveShape(): void {
  graphic.registerShape(CURVE, graphic.extendShape({ shape: { xy: new Float64Array(0), closed: false }, buildPath: (pen: Pen, shape: CurveShape) => traceCurve(pen, shape) }))
}

export function traceCurve(pen: Pen, { xy, closed }: CurveShape): void {
  let down = false
  for (let at = 0; at < xy.length; at += 2) {
    const x = xy[at]
    const y = xy[at + 1]
    if (Number.isNaN(x) || Number.isNaN(y)) {
      if (closed && down) pen.closePath()
      down = false
    } else if (down) {
      pen.lineTo(x, y)
    } else {
      pen.moveTo(x, y)
      down = true
    }
  }
  if (closed && down) pen.closePath()
}
