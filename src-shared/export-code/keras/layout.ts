import { sizeOf, type Shape } from '@shared/graph'

/** Images `[channels, height, width]` as Keras has them. Other shapes stay. */
export function channelsLast(shape: Shape): Shape {
  return shape.length === 3 ? [shape[1], shape[2], shape[0]] : shape
}

/** Whether the elements of an image lie in another order when its channels come last. */
export function orderDiffers(shape: Shape): boolean {
  return shape.length === 3 && shape[0] > 1 && shape[1] * shape[2] > 1
}

/** Axis of a sample as an axis of a Keras batch. */
export function kerasAxis(axis: number, rank: number): number {
  return rank === 3 ? [-1, 1, 2][axis] : axis + 1
}

/** An axis of a Keras batch, counted from its start. */
export function fromStart(axis: number, rank: number): number {
  return axis < 0 ? rank + 1 + axis : axis
}

/** Row-major values with axes in another order: axis i of the result is axis `perm[i]` of `values`. */
export function transposed(values: Float32Array, shape: Shape, perm: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
  const to = perm.map((axis) => shape[axis])
  const steps = perm.map((axis) => strides[axis])
  const result = new Float32Array(values.length)
  const index = to.map(() => 0)
  let from = 0
  for (let at = 0; at < result.length; at++) {
    result[at] = values[from]
    for (let axis = to.length - 1; axis >= 0; axis--) {
      from += steps[axis]
      if (++index[axis] < to[axis]) break
      from -= steps[axis] * to[axis]
      index[axis] = 0
    }
  }
  return result
}

/** For each element of a flattened channels-last image, its place in the flattened channels-first one. */
export function flattenedOrder(shape: Shape): Int32Array {
  const [channels, height, width] = shape
  return Int32Array.from({ length: channels * height * width }, (_, at) => (at % channels) * height * width + Math.floor(at / channels))
}
