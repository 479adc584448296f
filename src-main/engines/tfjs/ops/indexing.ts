import * as tf from '@tensorflow/tfjs-core'
import { sizeOf } from '@shared/graph'
import type { OneHotAttrs } from '@shared/graph'
import { form } from '../form'
import type { Forms } from '../form'

/** Rows by number. Numbers are flattened first: tfjs-core refuses some ranks. */
export const indexingForms: Forms = {
  gather: (_attrs, { shape, inputs: [, indices] }) => {
    const count = sizeOf(indices.shape)
    return (x, numbers) => tf.reshape(tf.gather(x, tf.reshape(numbers, [count])), [...shape])
  },
  scatterAdd: (_attrs, { shape, inputs: [indices] }) => {
    const count = sizeOf(indices.shape)
    const [, ...row] = shape
    return (numbers, updates) => tf.scatterND(tf.reshape(numbers, [count, 1]), tf.reshape(updates, [count, ...row]), [...shape])
  },
  // By comparison: tf.oneHot refuses a depth of 1.
  oneHot: form<OneHotAttrs>(({ depth }) => (indices) => tf.cast(tf.equal(tf.expandDims(indices, -1), tf.range(0, depth, 1, 'int32')), 'float32')),
}
