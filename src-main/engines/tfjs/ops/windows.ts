import * as tf from '@tensorflow/tfjs-core'
import type { Shape } from '@shared/graph'
import type { ConvOptions } from '@shared/graph/ops/conv'

/** Windows that slide over the last two axes of `[B, C, H, W]`. */
export interface Windows extends Omit<ConvOptions, 'groups'> {
  /** [height, width] */
  readonly kernel: readonly number[]
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

/** The element at `offset` of every window of the padded `x`: `[B, C, …out]`. */
export function elementAt(x: tf.Tensor, offset: readonly [number, number], { strides }: Windows, out: readonly number[]): tf.Tensor {
  const [batch, channels]: readonly number[] = x.shape
  if (strides.every((stride) => stride === 1)) return tf.slice(x, [0, 0, ...offset], [batch, channels, ...out])
  const end = offset.map((start, axis) => start + (out[axis] - 1) * strides[axis] + 1)
  return tf.stridedSlice(x, [0, 0, ...offset], [batch, channels, ...end], [1, 1, ...strides])
}

/** The transpose of {@link elementAt} for all offsets: adds each element to its place in `[B, C, H, W]`, pads cut off. */
export function scatterElements(elements: readonly tf.Tensor[], windows: Windows, shape: Shape): tf.Tensor {
  const { strides, pads: [top, left, bottom, right] } = windows
  const [, , height, width] = shape
  const full = [height + top + bottom, width + left + right]
  const offsets = offsetsOf(windows)
  const placed = elements.map((element, index) => place(spread(element, strides), offsets[index], full))
  return withoutPads(placed.reduce((sum, each) => tf.add(sum, each)), windows, shape)
}

/** Puts strides − 1 zeros between the elements of the last two axes. */
function spread(x: tf.Tensor, [down, right]: readonly number[]): tf.Tensor {
  if (down === 1 && right === 1) return x
  const [batch, channels, height, width] = x.shape
  const cells = tf.pad(tf.reshape(x, [batch * channels, height, 1, width, 1]), [[0, 0], [0, 0], [0, down - 1], [0, 0], [0, right - 1]])
  const blown = tf.reshape(cells, [batch, channels, height * down, width * right])
  return tf.slice(blown, [0, 0, 0, 0], [batch, channels, (height - 1) * down + 1, (width - 1) * right + 1])
}

function place(x: tf.Tensor, [top, left]: readonly [number, number], [height, width]: readonly number[]): tf.Tensor {
  const [, , rows, columns]: readonly number[] = x.shape
  return tf.pad(x, [[0, 0], [0, 0], [top, height - top - rows], [left, width - left - columns]])
}
