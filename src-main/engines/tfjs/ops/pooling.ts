import * as tf from '@tensorflow/tfjs-core'
import type { Shape } from '@shared/graph'
import type { AvgPoolAttrs, PoolAttrs } from '@shared/graph/ops/pool'
import { form } from '../form'
import type { Forms } from '../form'
import { windowMoves } from './moves'
import { channelsFirst, channelsLast, offsetsOf, padded, withoutPads } from './windows'
import type { Windows } from './windows'

/**
 * Maxima by window elements (one strided slice per position in the window): TensorFlow's own kernels know no free pads,
 * lose NaN, and give the gradient to another of several equal maxima than the first. Averages by its kernels, padded
 * beforehand.
 */
export const poolingForms: Forms = {
  maxPool2d: form<PoolAttrs>((attrs, { shape }) => {
    const windows = windowsOf(attrs)
    return (x) => maximumOf(elements(padded(x, windows, -Infinity), windows, shape))
  }),
  maxPool2dGradient: form<PoolAttrs>((attrs, { inputs: [x, dy] }) => {
    const windows = windowsOf(attrs)
    return (value, gradient) => {
      const zero = tf.zerosLike(gradient)
      const picks = firstMaxima(value, windows, dy.shape)
      return windowMoves().scatterElements(picks.map((pick) => tf.where(pick, gradient, zero)), windows, x.shape)
    }
  }),
  maxPool2dPick: form<PoolAttrs>((attrs, { shape }) => {
    const windows = windowsOf(attrs)
    return (x, v) => {
      const picks = firstMaxima(x, windows, shape)
      const values = elements(padded(v, windows, 0), windows, shape)
      return tf.addN(values.map((value, index) => tf.where(picks[index], value, tf.zerosLike(value))))
    }
  }),
  avgPool2d: form<AvgPoolAttrs>((attrs, { shape, inputs: [x] }) => {
    const windows = windowsOf(attrs)
    const shares = sharesOf(attrs, x.shape, shape)
    return (value) => tf.mul(windowMeans(padded(value, windows, 0), attrs), tf.tensor(shares, shape.slice(2)))
  }),
  avgPool2dGradient: form<AvgPoolAttrs>((attrs, { shape, inputs: [dy] }) => {
    const shares = sharesOf(attrs, shape, dy.shape)
    return (gradient) => withoutPads(windowMeansGradient(tf.mul(gradient, tf.tensor(shares, dy.shape.slice(2))), attrs, shape), attrs, shape)
  }),
}

function windowsOf({ kernel, strides, pads }: PoolAttrs): Windows {
  return { kernel, strides, pads, dilations: [1, 1] }
}

function elements(x: tf.Tensor, windows: Windows, shape: Shape): tf.Tensor[] {
  return offsetsOf(windows).map((offset) => windowMoves().elementAt(x, offset, windows, shape.slice(2)))
}

function maximumOf(values: readonly tf.Tensor[]): tf.Tensor {
  return values.reduce((most, value) => tf.maximum(most, value))
}

/**
 * Per position in the window: where it is the first, in row-major order, that holds the window's maximum. None is where
 * the maximum is NaN; −Inf in x itself cannot be told from padding.
 */
function firstMaxima(x: tf.Tensor, windows: Windows, shape: Shape): tf.Tensor[] {
  const values = elements(padded(x, windows, -Infinity), windows, shape)
  const maximum = maximumOf(values)
  let open: tf.Tensor = tf.ones(maximum.shape, 'bool')
  return values.map((value) => {
    const first = tf.logicalAnd(open, tf.equal(value, maximum))
    open = tf.logicalAnd(open, tf.logicalNot(first))
    return first
  })
}

/** Means over whole windows of a padded tensor. */
function windowMeans(x: tf.Tensor, { kernel, strides }: PoolAttrs): tf.Tensor {
  const means = tf.engine().runKernel<tf.Tensor>(tf.AvgPool, { x: channelsLast(x) }, { filterSize: [...kernel], strides: [...strides], pad: 'valid' })
  return channelsFirst(means)
}

/** The transpose of {@link windowMeans} for an unpadded input of `shape`; gives the padded one's gradient. */
function windowMeansGradient(dy: tf.Tensor, { kernel, strides, pads: [top, left, bottom, right] }: PoolAttrs, [batch, channels, height, width]: Shape): tf.Tensor {
  // The kernel reads only the shape of `input`.
  const input = tf.zeros([batch, height + top + bottom, width + left + right, channels])
  const attrs = { filterSize: [...kernel], strides: [...strides], pad: 'valid' }
  return channelsFirst(tf.engine().runKernel<tf.Tensor>(tf.AvgPoolGrad, { dy: channelsLast(dy), input }, attrs))
}

/** Window means times this are pool2d's averages: size of the window / number of elements that it averages over. */
function sharesOf({ kernel, strides, pads: [top, left], countIncludePad }: AvgPoolAttrs, inputShape: Shape, outputShape: Shape): Float32Array {
  const [, , height, width] = inputShape
  const [, , rows, columns] = outputShape
  const within = (position: number, axis: number, pad: number, extent: number): number => {
    const start = position * strides[axis] - pad
    return Math.min(start + kernel[axis], extent) - Math.max(start, 0)
  }
  return Float32Array.from({ length: rows * columns }, (_, index) => {
    if (countIncludePad) return 1
    const inside = within(Math.floor(index / columns), 0, top, height) * within(index % columns, 1, left, width)
    return (kernel[0] * kernel[1]) / inside
  })
}
