import * as tf from '@tensorflow/tfjs-core'
import type { Shape } from '@shared/graph'
import type { ConvOptions } from '@shared/graph/ops/conv'

/** Windows that slide over the last two axes of `[B, C, H, W]`. */
export interface Windows extends Omit<ConvOptions, 'groups'> {
  /** [height, width] */
  readonly kernel: readonly number[]
}

/** Between images and the elements of their windows. */
export interface WindowMoves {
  /** The element at `offset` of every window of the padded `x`: `[B, C, …out]`. */
  elementAt(x: tf.Tensor, offset: readonly [number, number], windows: Windows, out: readonly number[]): tf.Tensor
  /**
   * The transpose of {@link elementAt} for all offsets in their order: adds each element to its place in `[B, C, H, W]`,
   * which is `shape`; what falls into the padding is dropped.
   */
  scatterElements(elements: readonly tf.Tensor[], windows: Windows, shape: Shape): tf.Tensor
}

/** Positions of a window's elements in row-major order: [0, 0], [0, 1], … */
export function offsetsOf({ kernel: [height, width], dilations: [down, right] }: Windows): (readonly [number, number])[] {
  return Array.from({ length: height * width }, (_, index) => [Math.floor(index / width) * down, (index % width) * right])
}

export function padded(x: tf.Tensor, { pads: [top, left, bottom, right] }: Windows, value: number): tf.Tensor {
  return top + left + bottom + right === 0 ? x : tf.pad(x, [[0, 0], [0, 0], [top, bottom], [left, right]], value)
}

/** The middle of {@link padded}: `[B, C, H, W]` is `shape`. */
export function withoutPads(x: tf.Tensor, { pads: [top, left] }: Pick<Windows, 'pads'>, shape: Shape): tf.Tensor {
  return tf.slice(x, [0, 0, top, left], [...shape])
}

export function channelsLast(x: tf.Tensor): tf.Tensor {
  return tf.transpose(x, [0, 2, 3, 1])
}

export function channelsFirst(x: tf.Tensor): tf.Tensor {
  return tf.transpose(x, [0, 3, 1, 2])
}
