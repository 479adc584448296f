import type { RandomSource } from '@shared/lib/random'

/** Side of the grid of random displacements that bends a digit. */
const GRID = 4
/** At `distortion` 1. */
const ROTATION = 0.2
const SHEAR = 0.2
const SCALE = 0.13
const TRANSLATION = 0.055
const ELASTIC = 0.055

/**
 * A random map of the plane, drawn anew for each image: an affine map about the middle of the unit box, then an
 * elastic displacement, interpolated between the nodes of a coarse grid.
 */
export class Deformation {
  readonly #matrix = new Float64Array(6)
  readonly #shifts = new Float64Array(GRID * GRID * 2)

  /** Draws a new map; `strength` 0 is the identity. */
  draw(random: RandomSource, strength: number): void {
    const angle = strength * ROTATION * random.normal()
    const shear = strength * SHEAR * random.normal()
    const width = Math.exp(strength * SCALE * random.normal()) * (1 - 0.1 * Math.min(1, strength))
    const height = Math.exp(strength * SCALE * 0.7 * random.normal())
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    // rotation · shear · scale
    this.#matrix.set([cos * width, cos * shear * height - sin * height, sin * width, sin * shear * height + cos * height])
    this.#matrix[4] = 0.5 + strength * TRANSLATION * random.normal()
    this.#matrix[5] = 0.5 + strength * TRANSLATION * random.normal()
    for (let at = 0; at < this.#shifts.length; at++) this.#shifts[at] = strength * ELASTIC * random.normal()
  }

  /** Maps the point at `points[at], points[at + 1]` in place. */
  apply(points: Float64Array, at: number): void {
    const x = points[at]
    const y = points[at + 1]
    const column = clamp(x) * (GRID - 1)
    const row = clamp(y) * (GRID - 1)
    const left = Math.min(GRID - 2, Math.floor(column))
    const top = Math.min(GRID - 2, Math.floor(row))
    const [u, v] = [smooth(column - left), smooth(row - top)]
    const node = 2 * (top * GRID + left)
    const below = node + 2 * GRID
    const shifts = this.#shifts
    const between = (axis: number): number =>
      (1 - v) * ((1 - u) * shifts[node + axis] + u * shifts[node + 2 + axis]) + v * ((1 - u) * shifts[below + axis] + u * shifts[below + 2 + axis])
    const [dx, dy] = [x - 0.5 + between(0), y - 0.5 + between(1)]
    const matrix = this.#matrix
    points[at] = matrix[0] * dx + matrix[1] * dy + matrix[4]
    points[at + 1] = matrix[2] * dx + matrix[3] * dy + matrix[5]
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t)
}
