import * as tf from '@tensorflow/tfjs-core'
import type { CastAttrs } from '@shared/graph'
import { form, plain } from '../form'
import type { Forms } from '../form'

/** Ops on each element; binary ones broadcast. */
export const elementwiseForms: Forms = {
  neg: plain((x) => tf.neg(x)),
  abs: plain((x) => tf.abs(x)),
  sign: plain((x) => tf.sign(x)),
  exp: plain((x) => tf.exp(x)),
  log: plain((x) => tf.log(x)),
  sqrt: plain((x) => tf.sqrt(x)),
  floor: plain((x) => tf.floor(x)),
  sin: plain((x) => tf.sin(x)),
  cos: plain((x) => tf.cos(x)),
  tanh: plain((x) => tf.tanh(x)),
  sigmoid: plain((x) => tf.sigmoid(x)),
  relu: plain((x) => tf.relu(x)),
  softplus: plain((x) => tf.softplus(x)),
  erf: plain((x) => tf.erf(x)),
  stopGradient: plain((x) => x),
  customGradient: plain((x) => x),
  add: plain((a, b) => tf.add(a, b)),
  sub: plain((a, b) => tf.sub(a, b)),
  mul: (_attrs, { dtype }) => (dtype === 'int32' ? wrappingProduct : (a, b) => tf.mul(a, b)),
  div: plain((a, b) => tf.div(a, b)),
  pow: plain((a, b) => tf.pow(a, b)),
  maximum: plain((a, b) => tf.maximum(a, b)),
  minimum: plain((a, b) => tf.minimum(a, b)),
  greater: plain((a, b) => tf.greater(a, b)),
  greaterEqual: plain((a, b) => tf.greaterEqual(a, b)),
  equal: plain((a, b) => tf.equal(a, b)),
  logicalAnd: plain((a, b) => tf.logicalAnd(a, b)),
  logicalNot: plain((x) => tf.logicalNot(x)),
  where: plain((condition, a, b) => tf.where(condition, a, b)),
  cast: form<CastAttrs>(({ dtype }) => (x) => tf.cast(x, dtype)),
}

const HALF = 0x10000

/**
 * a · b modulo 2³². The `cpu` backend multiplies integers as doubles, which lose bits above 2⁵³, so a is split into
 * 16-bit halves, whose products with b are exact; storing them as int32 wraps.
 */
function wrappingProduct(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const half = tf.scalar(HALF, 'int32')
  const high = tf.floorDiv(a, half)
  const low = tf.sub(a, tf.mul(high, half))
  return tf.add(tf.mul(tf.mul(high, b), half), tf.mul(low, b))
}
