import * as tf from '@tensorflow/tfjs-core'
import type { Shape } from '@shared/graph'
import type { ConvOptions } from '@shared/graph/ops/conv'
import { form } from '../form'
import type { Forms, Kernel } from '../form'
import { onHost, windowMoves } from './moves'
import { channelsFirst, channelsLast, offsetsOf, padded, withoutPads } from './windows'
import type { Windows } from './windows'

/** Shapes of a convolution: x [B, C, H, W], w [O, C/groups, kh, kw], y [B, O, …]. */
interface Geometry extends Windows {
  readonly x: Shape
  readonly w: Shape
  readonly y: Shape
  readonly groups: number
}

/**
 * Two forms each. TensorFlow's own kernels serve plain convolutions (channels last, padded beforehand, since their
 * gradients take no free pads). They have no gradients for dilated ones and no groups; these are written as matrix
 * products of window elements, and so are all on the backend `cpu`, whose kernel for the filter's gradient takes ten
 * times as long.
 */
export const convolutionForms: Forms = {
  conv2d: form<ConvOptions>((attrs, { shape, inputs: [x, w] }) => {
    const geometry = geometryOf(attrs, x.shape, w.shape, shape)
    return formsFor(geometry).forward(geometry)
  }),
  conv2dInputGradient: form<ConvOptions>((attrs, { shape, inputs: [w, dy] }) => {
    const geometry = geometryOf(attrs, shape, w.shape, dy.shape)
    return formsFor(geometry).inputGradient(geometry)
  }),
  conv2dFilterGradient: form<ConvOptions>((attrs, { shape, inputs: [x, dy] }) => {
    const geometry = geometryOf(attrs, x.shape, shape, dy.shape)
    return formsFor(geometry).filterGradient(geometry)
  }),
}

interface ConvolutionForms {
  forward(geometry: Geometry): Kernel
  inputGradient(geometry: Geometry): Kernel
  filterGradient(geometry: Geometry): Kernel
}

function formsFor({ groups, dilations: [down, right] }: Geometry): ConvolutionForms {
  return groups === 1 && down === 1 && right === 1 && !onHost() ? kernels : products
}

function geometryOf({ strides, pads, dilations, groups }: ConvOptions, x: Shape, w: Shape, y: Shape): Geometry {
  return { strides, pads, dilations, groups, x, w, y, kernel: w.slice(2) }
}

/** TensorFlow's kernels. */
const kernels: ConvolutionForms = {
  forward: (geometry) => (x, w) => {
    const attrs = { ...kernelAttrs(geometry), dilations: [1, 1] }
    return channelsFirst(run(tf.Conv2D, { x: channelsLast(padded(x, geometry, 0)), filter: tf.transpose(w, [2, 3, 1, 0]) }, attrs))
  },
  inputGradient: (geometry) => (w, dy) => {
    const [batch, channels, height, width] = geometry.x
    const [top, left, bottom, right] = geometry.pads
    const inputShape = [batch, height + top + bottom, width + left + right, channels]
    const inputs = { dy: channelsLast(dy), filter: tf.transpose(w, [2, 3, 1, 0]) }
    const dx = run(tf.Conv2DBackpropInput, inputs, { ...kernelAttrs(geometry), inputShape })
    return withoutPads(channelsFirst(dx), geometry, geometry.x)
  },
  filterGradient: (geometry) => (x, dy) => {
    const [outputs, channels, height, width] = geometry.w
    const inputs = { x: channelsLast(padded(x, geometry, 0)), dy: channelsLast(dy) }
    const dw = run(tf.Conv2DBackpropFilter, inputs, { ...kernelAttrs(geometry), filterShape: [height, width, channels, outputs] })
    return tf.transpose(dw, [3, 2, 0, 1])
  },
}

function kernelAttrs({ strides }: Geometry) {
  return { strides: [...strides], pad: 'valid', dataFormat: 'NHWC' }
}

function run(kernel: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(kernel, inputs, attrs)
}

/** Products of matrices, one per group: rows are windows, columns the elements of a window. */
const products: ConvolutionForms = {
  forward: (geometry) => (x, w) => fromRows(tf.matMul(toColumns(x, geometry), filters(w, geometry), false, true), geometry),
  inputGradient: (geometry) => (w, dy) => {
    const { w: [, channels], y: [batch, , height, width], groups, kernel } = geometry
    const columns = tf.matMul(toRows(dy, geometry), filters(w, geometry))
    const split = tf.reshape(columns, [groups, batch, height, width, channels, kernel[0] * kernel[1]])
    const elements = tf.unstack(tf.transpose(split, [5, 1, 0, 4, 2, 3]))
    return windowMoves().scatterElements(elements.map((element) => tf.reshape(element, [batch, groups * channels, height, width])), geometry, geometry.x)
  },
  filterGradient: (geometry) => (x, dy) => tf.reshape(tf.matMul(toRows(dy, geometry), toColumns(x, geometry), true, false), [...geometry.w]),
}

/** `[groups, B·oh·ow, C/groups·kh·kw]`: a window's elements in the order of the filter's. */
function toColumns(x: tf.Tensor, geometry: Geometry): tf.Tensor {
  const { w: [, channels, kh, kw], y: [batch, , height, width], groups } = geometry
  const source = padded(x, geometry, 0)
  const elements = tf.stack(offsetsOf(geometry).map((offset) => windowMoves().elementAt(source, offset, geometry, [height, width])))
  const split = tf.reshape(elements, [kh * kw, batch, groups, channels, height * width])
  return tf.reshape(tf.transpose(split, [2, 1, 4, 3, 0]), [groups, batch * height * width, channels * kh * kw])
}

/** `[groups, O/groups, C/groups·kh·kw]`. */
function filters(w: tf.Tensor, { w: [outputs, channels, kh, kw], groups }: Geometry): tf.Tensor {
  return tf.reshape(w, [groups, outputs / groups, channels * kh * kw])
}

/** y as `[groups, B·oh·ow, O/groups]`. */
function toRows(y: tf.Tensor, { y: [batch, outputs, height, width], groups }: Geometry): tf.Tensor {
  const split = tf.reshape(y, [batch, groups, outputs / groups, height * width])
  return tf.reshape(tf.transpose(split, [1, 0, 3, 2]), [groups, batch * height * width, outputs / groups])
}

function fromRows(rows: tf.Tensor, { y, groups }: Geometry): tf.Tensor {
  const [batch, outputs, height, width] = y
  const split = tf.reshape(rows, [groups, batch, height * width, outputs / groups])
  return tf.reshape(tf.transpose(split, [1, 0, 3, 2]), [...y])
}
