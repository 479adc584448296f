import { encodeBase64 } from '@shared/lib/base64'
import type { DataPart, FittedPreprocessing, PreparedData } from '@shared/data/types'
import type { PlaneSnapshot } from '@shared/protocol/snapshot'
import type { Answers } from './snapshots-answers'

/** Columns and rows of the grid: fine enough for a smooth boundary, 2,304 samples to predict. */
export const GRID = 48
/** Share of the data's extent that the grid goes beyond it, on each side. */
const MARGIN = 0.08

/** What a feature was before preprocessing: raw = x / scale + shift. */
interface Scaling {
  readonly shift: number
  readonly scale: number
}

/** The grid of a data set with two numeric features. */
export interface PlaneGrid {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  /** Its points as the model takes them, `[GRID², 2]`, row by row. */
  readonly features: Float32Array
}

/** Null unless the samples are two plain numbers. */
export function planeGrid(data: PreparedData): PlaneGrid | null {
  const scalings = twoScalings(data.preprocessing)
  if (scalings === null || data.sampleShape.length !== 1 || data.sampleShape[0] !== 2) return null
  const [x, y] = scalings.map((scaling, axis) => rawExtent(data, axis, scaling))
  const features = new Float32Array(2 * GRID * GRID)
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const at = 2 * (row * GRID + column)
      features[at] = scaled(along(x, column), scalings[0])
      features[at + 1] = scaled(along(y, row), scalings[1])
    }
  }
  return { x, y, features }
}

/** `answers`: the model's for every point of the grid. */
export function planeSnapshot(grid: PlaneGrid, answers: Answers, range: readonly [number, number]): PlaneSnapshot {
  const [low, high] = range
  const bytes = new Uint8Array(answers.values.length)
  const factor = high > low ? 255 / (high - low) : 0
  // Bytes are clamped; what is not a number becomes 0.
  for (let index = 0; index < bytes.length; index++) bytes[index] = Math.round(Math.min(255, Math.max(0, (answers.values[index] - low) * factor)))
  return { kind: 'plane', x: grid.x, y: grid.y, size: GRID, outputs: answers.outputs, range, data: encodeBase64(bytes) }
}

function twoScalings(fitted: FittedPreprocessing): readonly [Scaling, Scaling] | null {
  if (fitted.kind === 'dense') {
    if (fitted.shape.length !== 1 || fitted.shape[0] !== 2) return null
    const of = (axis: number): Scaling => ({ shift: fitted.shift[fitted.shift.length === 1 ? 0 : axis], scale: fitted.scale[fitted.scale.length === 1 ? 0 : axis] })
    return [of(0), of(1)]
  }
  const [first, second, ...others] = fitted.columns
  if (first?.kind !== 'numeric' || second?.kind !== 'numeric' || others.length > 0) return null
  return [first, second]
}

function rawExtent({ train, validation, test }: PreparedData, axis: number, { shift, scale }: Scaling): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const part of [train, validation, test].filter((each): each is DataPart => each !== null)) {
    for (let row = 0; row < part.rows; row++) {
      const value = part.features[2 * row + axis]
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  const [from, to] = [low / scale + shift, high / scale + shift]
  const margin = MARGIN * (to - from || 1)
  return [from - margin, to + margin]
}

function along([from, to]: readonly [number, number], index: number): number {
  return from + ((to - from) * index) / (GRID - 1)
}

function scaled(value: number, { shift, scale }: Scaling): number {
  return (value - shift) * scale
}
