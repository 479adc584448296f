import { sizeOf } from '@shared/graph'
import type { Shape } from '@shared/graph'
import { permutation, randomSource } from '@shared/lib/random'

/** Choices that a case generator makes: from fast-check in property tests, from a fixed stream in `opCases`. */
export interface Draw {
  /** Uniform integer in min … max, both included. */
  integer(min: number, max: number): number
}

export function drawFrom(...words: readonly (number | string)[]): Draw {
  const random = randomSource(...words)
  return { integer: (min, max) => min + random.integer(max - min + 1) }
}

export function pick<T>(draw: Draw, choices: readonly T[]): T {
  return choices[draw.integer(0, choices.length - 1)]
}

export function coin(draw: Draw): boolean {
  return draw.integer(0, 1) === 1
}

export function shapeOf(draw: Draw, minRank = 0, maxRank = 3): number[] {
  return Array.from({ length: draw.integer(minRank, maxRank) }, () => draw.integer(1, 4))
}

/** `shape` with some leading axes left out and some extents replaced by 1: it broadcasts to `shape`. */
export function broadcastable(draw: Draw, shape: Shape): number[] {
  return shape.slice(draw.integer(0, shape.length)).map((extent) => (draw.integer(0, 3) === 0 ? 1 : extent))
}

/** Real values are multiples of 1/64, which float32 holds exactly. */
const STEP = 64

/** Multiples of 1/64 in low … high. */
export function between(draw: Draw, shape: Shape, low: number, high: number): Float64Array {
  const random = randomSource(draw.integer(0, 0x7fffffff))
  return new Float64Array(sizeOf(shape)).map(() => (Math.ceil(low * STEP) + random.integer((high - low) * STEP + 1)) / STEP)
}

export function real(draw: Draw, shape: Shape): Float64Array {
  return between(draw, shape, -2, 2)
}

export function positive(draw: Draw, shape: Shape): Float64Array {
  return between(draw, shape, 0.25, 3)
}

/** Half or more away from 0, of either sign. */
export function nonzero(draw: Draw, shape: Shape): Float64Array {
  const random = randomSource(draw.integer(0, 0x7fffffff))
  return between(draw, shape, 0.5, 2).map((value) => (random.integer(2) === 0 ? value : -value))
}

/** All different by 1/8 or more, and that far from 0 in steps of 1/8 shifted by `offset`: no ties and no kink nearby. */
export function distinct(draw: Draw, shape: Shape, offset = 1 / 16): Float64Array {
  const size = sizeOf(shape)
  const order = permutation(size, randomSource(draw.integer(0, 0x7fffffff)))
  return Float64Array.from(order, (place) => (place - Math.floor(size / 2)) / 8 + offset)
}

export function integers(draw: Draw, shape: Shape, low: number, high: number): Float64Array {
  const random = randomSource(draw.integer(0, 0x7fffffff))
  return new Float64Array(sizeOf(shape)).map(() => low + random.integer(high - low + 1))
}

/** Any int32. */
export function words(draw: Draw, shape: Shape): Float64Array {
  const random = randomSource(draw.integer(0, 0x7fffffff))
  return new Float64Array(sizeOf(shape)).map(() => random.bits())
}
