import * as tf from '@tensorflow/tfjs-core'
import type { ArgMaxAttrs } from '@shared/graph'
import type { ReduceAttrs } from '@shared/graph/ops/reduce'
import { form, plain } from '../form'
import type { Forms } from '../form'

/** Reductions, and softmax over the last axis. */
export const reduceForms: Forms = {
  reduceSum: form<ReduceAttrs>(({ axes, keepDims }) => (x) => (axes.length === 0 ? x : tf.sum(x, [...axes], keepDims))),
  reduceMax: form<ReduceAttrs>(({ axes, keepDims }) => (x) => (axes.length === 0 ? x : tf.max(x, [...axes], keepDims))),
  argMax: form<ArgMaxAttrs>(({ axis }, { inputs: [x] }) => firstMaximum(axis, x.shape)),
  softmax: plain((x) => tf.softmax(x)),
  logSoftmax: plain(logSoftmax),
}

/** In parts: the native library has no such kernel. */
function logSoftmax(x: tf.Tensor): tf.Tensor {
  const shifted = tf.sub(x, tf.max(x, -1, true))
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)))
}

/**
 * TensorFlow's own ArgMax leaves open which of equal maxima it names; this is the least position that holds the maximum.
 */
function firstMaximum(axis: number, shape: readonly number[]): (x: tf.Tensor) => tf.Tensor {
  const along = shape.map((extent, each) => (each === axis ? extent : 1))
  const extent = shape[axis]
  return (x) => {
    const positions = tf.reshape(tf.range(0, extent, 1, 'int32'), along)
    const isMaximum = tf.equal(x, tf.max(x, axis, true))
    return tf.min(tf.where(isMaximum, positions, tf.scalar(extent - 1, 'int32')), axis)
  }
}
