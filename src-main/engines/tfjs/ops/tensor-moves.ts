import * as tf from '@tensorflow/tfjs-core'
import { offsetsOf, withoutPads } from './windows'
import type { WindowMoves } from './windows'

/** In tensor ops: everything stays on the device. */
export const tensorMoves: WindowMoves = {
  elementAt(x, offset, { strides }, out) {
    const [batch, channels]: readonly number[] = x.shape
    if (strides.every((stride) => stride === 1)) return tf.slice(x, [0, 0, ...offset], [batch, channels, ...out])
    const end = offset.map((start, axis) => start + (out[axis] - 1) * strides[axis] + 1)
    return tf.stridedSlice(x, [0, 0, ...offset], [batch, channels, ...end], [1, 1, ...strides])
  },

  scatterElements(elements, windows, shape) {
    const { strides, pads: [top, left, bottom, right] } = windows
    const [, , height, width] = shape
    const full = [height + top + bottom, width + left + right]
    const offsets = offsetsOf(windows)
    const placed = elements.map((element, index) => place(spread(element, strides), offsets[index], full))
    return withoutPads(placed.reduce((sum, each) => tf.add(sum, each)), windows, shape)
  },
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
