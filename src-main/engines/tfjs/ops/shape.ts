import * as tf from '@tensorflow/tfjs-core'
import type { ConcatAttrs, PadAttrs, ReverseAttrs, SliceAttrs, TransposeAttrs } from '@shared/graph'
import { form } from '../form'
import type { Forms } from '../form'

/** Ops that only move elements. tfjs-core refuses scalars where there is nothing to move. */
export const shapeForms: Forms = {
  reshape: (_attrs, { shape }) => (x) => tf.reshape(x, [...shape]),
  broadcastTo: (_attrs, { shape }) => (x) => tf.broadcastTo(x, [...shape]),
  transpose: form<TransposeAttrs>(({ perm }) => (x) => tf.transpose(x, [...perm])),
  slice: form<SliceAttrs>(({ starts, sizes }) => (x) => (starts.length === 0 ? x : tf.slice(x, [...starts], [...sizes]))),
  concat: form<ConcatAttrs>(({ axis }) => (...tensors) => tf.concat(tensors, axis)),
  pad: form<PadAttrs>(({ before, after, value }) => {
    const paddings = before.map((count, axis): [number, number] => [count, after[axis]])
    return (x) => (paddings.length === 0 ? x : tf.pad(x, paddings, value))
  }),
  reverse: form<ReverseAttrs>(({ axes }) => (x) => (axes.length === 0 ? x : tf.reverse(x, [...axes]))),
}
