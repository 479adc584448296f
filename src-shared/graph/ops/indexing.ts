/** Index arithmetic of the float64 reference. */
import { sizeOf, stridesOf } from '../define'
import type { Shape } from '../types'

/** Visits every index of `shape` in row-major order. The index array is reused: copy it to keep it. */
export function forEachIndex(shape: Shape, visit: (index: readonly number[], flat: number) => void): void {
  const index = new Array<number>(shape.length).fill(0)
  const size = sizeOf(shape)
  for (let flat = 0; flat < size; flat++) {
    visit(index, flat)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++
      if (index[axis] < shape[axis]) break
      index[axis] = 0
    }
  }
}

/** Row-major position of `index`. */
export function positionOf(index: readonly number[], strides: readonly number[]): number {
  return index.reduce((position, at, axis) => position + at * strides[axis], 0)
}

/** Strides that read a tensor of `shape` as if it had been broadcast to `target`: 0 along the added extents. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const added = target.length - shape.length
  const strides = stridesOf(shape)
  return target.map((_, axis) => (axis < added || shape[axis - added] === 1 ? 0 : strides[axis - added]))
}

/** Fills a tensor of `shape` with the source elements that `positionOfIndex` names. */
export function gatherElements(data: Float64Array, shape: Shape, positionOfIndex: (index: readonly number[]) => number): Float64Array {
  const result = new Float64Array(sizeOf(shape))
  forEachIndex(shape, (index, flat) => {
    result[flat] = data[positionOfIndex(index)]
  })
  return result
}
