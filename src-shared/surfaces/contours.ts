import { contours } from 'd3-contour'
import { quantileSorted } from 'd3-array'
import type { HeightMap } from './landscape'

/** The part of the plane that is at least as high as `level`, as an SVG path in cells: (0, 0) is the corner of lowest x and y. */
export interface Contour {
  readonly level: number
  readonly path: string
}

const CONTOUR_LEVELS = 18

/** Above 1: more levels where the surface is low, which is where races are decided. */
const LOW_SHARE = 1.7

/**
 * Contours whose levels divide the shown cells, not the heights: they tell as much of a surface that rises to 10⁶ in its
 * corners as of a bowl. Cells without a finite height count as unknown and are left out.
 */
export function contoursOf({ columns, rows, values }: HeightMap, count = CONTOUR_LEVELS): readonly Contour[] {
  const draw = contours().size([columns, rows]).smooth(true)
  const heights = Array.from(values, (value) => (Number.isFinite(value) ? value : NaN))
  return contourLevels({ values }, count).map((level) => ({ level, path: pathOf(draw.contour(heights, level).coordinates) }))
}

/** Heights of the contours, lowest first; none where no height is finite. */
export function contourLevels({ values }: Pick<HeightMap, 'values'>, count = CONTOUR_LEVELS): readonly number[] {
  const sorted = Array.from(Float64Array.from(values).filter(Number.isFinite).sort())
  if (sorted.length === 0) return []
  const levels = Array.from({ length: count }, (_, index) => quantileSorted(sorted, (index / count) ** LOW_SHARE) ?? sorted[0])
  return [...new Set(levels)]
}

function pathOf(polygons: readonly (readonly (readonly number[])[][])[]): string {
  return polygons.map((rings) => rings.map((ring) => `M${ring.map(([x, y]) => `${short(x)},${short(y)}`).join('L')}Z`).join('')).join('')
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}
