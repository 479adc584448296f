import type { Shape, Tensor } from '@shared/graph'
import { integer, integers } from '../lowerings/attrs'
import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'

/** Geometry of a convolution as its three ops carry it; `x`, `w`, `y` are the shapes of images, filters and result. */
export interface ConvGeometry {
  readonly x: Shape
  readonly w: Shape
  readonly y: Shape
  readonly strides: readonly number[]
  readonly pads: readonly number[]
  readonly dilations: readonly number[]
  readonly groups: number
}

export function convGeometry(node: Tensor, x: Shape, w: Shape, y: Shape): ConvGeometry {
  return {
    x,
    w,
    y,
    strides: integers(node, 'strides'),
    pads: integers(node, 'pads'),
    dilations: integers(node, 'dilations'),
    groups: integer(node, 'groups'),
  }
}

export function convAttributes({ w, strides, pads, dilations, groups }: ConvGeometry): Record<string, number | readonly number[]> {
  return { kernel_shape: w.slice(2), strides, pads, dilations, group: groups }
}

const conv2dForm: Form = {
  op: 'conv2d',
  emit(emitter, node) {
    const [x, w] = node.inputs
    return emitter.node('Conv', emitter.values(node.inputs), convAttributes(convGeometry(node, x.shape, w.shape, node.shape)))
  },
}

const inputGradientForm: Form = {
  op: 'conv2dInputGradient',
  emit(emitter, node) {
    const [w, dy] = node.inputs
    const geometry = convGeometry(node, node.shape, w.shape, dy.shape)
    return canFlip(geometry) ? flippedConv(emitter, emitter.value(w), emitter.value(dy), geometry) : transposedConv(emitter, emitter.value(w), emitter.value(dy), geometry)
  },
}

/** With stride 1 the gradient is a convolution with the filters turned round, which is faster than ConvTranspose. */
function canFlip({ w, strides, pads, dilations, groups }: ConvGeometry): boolean {
  const margin = [0, 1].map((axis) => (w[axis + 2] - 1) * dilations[axis])
  // A single channel would make a convolution with one filter, for which the runtime has no fast way.
  return groups === 1 && w[1] > 1 && strides.every((stride) => stride === 1) && pads.every((pad, side) => pad <= margin[side % 2])
}

function flippedConv(emitter: Emitter, w: string, dy: string, { w: shape, pads, dilations }: ConvGeometry): string {
  const [filters, channels, height, width] = shape
  const taps = emitter.reshape(emitter.node('Transpose', [w], { perm: [1, 0, 2, 3] }), [channels, filters, height * width])
  const backward = emitter.ints(Array.from({ length: height * width }, (_, tap) => height * width - 1 - tap))
  const turned = emitter.reshape(emitter.node('Gather', [taps, backward], { axis: 2 }), [channels, filters, height, width])
  const margin = [0, 1].map((axis) => (shape[axis + 2] - 1) * dilations[axis])
  return emitter.node('Conv', [dy, turned], { kernel_shape: [height, width], dilations, pads: pads.map((pad, side) => margin[side % 2] - pad) })
}

function transposedConv(emitter: Emitter, w: string, dy: string, geometry: ConvGeometry): string {
  const { x, y, w: shape, strides, pads, dilations } = geometry
  // Rows at the far edge that no window reached.
  const unreached = [0, 1].map((axis) => x[axis + 2] + pads[axis] + pads[axis + 2] - (shape[axis + 2] - 1) * dilations[axis] - 1 - (y[axis + 2] - 1) * strides[axis])
  return emitter.node('ConvTranspose', [dy, w], { ...convAttributes(geometry), output_padding: unreached })
}

/**
 * Image patches as columns, times dy as one matrix product per group: three times faster than a convolution with batch
 * and channels swapped, whose kernel is as large as the image.
 */
const filterGradientForm: Form = {
  op: 'conv2dFilterGradient',
  emit(emitter, node) {
    const [x, dy] = node.inputs
    const geometry = convGeometry(node, x.shape, node.shape, dy.shape)
    const { groups, w, y } = geometry
    const [filters, channels, height, width] = w
    const positions = y[0] * y[2] * y[3]
    const columns = emitter.reshape(patches(emitter, emitter.value(x), geometry), [groups, height * width * channels, positions])
    const rows = emitter.reshape(channelsFirst(emitter, emitter.value(dy), y), [groups, filters / groups, positions])
    const product = emitter.contrib('FusedMatMul', [columns, rows], { transB: 1 })
    const taps = emitter.reshape(product, [groups, height * width, channels, filters / groups])
    return emitter.reshape(emitter.node('Transpose', [taps], { perm: [0, 3, 2, 1] }), w)
  },
}

/** [groups, taps, channels of a group, batch, rows, columns]: under each tap, the elements that it meets. */
function patches(emitter: Emitter, x: string, { x: shape, w, y, strides, pads, dilations, groups }: ConvGeometry): string {
  const images = channelsFirst(emitter, x, shape)
  const padded = pads.some((pad) => pad > 0) ? emitter.node('Pad', [images, emitter.ints([0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]])]) : images
  const taps = tapsOf(w[2], w[3]).map(([row, column]) => {
    const starts = [row * dilations[0], column * dilations[1]]
    const ends = starts.map((start, axis) => start + (y[axis + 2] - 1) * strides[axis] + 1)
    return emitter.node('Slice', [padded, emitter.ints(starts), emitter.ints(ends), emitter.ints([2, 3]), emitter.ints(strides)])
  })
  if (taps.length === 1) return taps[0]
  if (groups === 1) return emitter.node('Concat', taps, { axis: 0 })
  const grouped = taps.map((tap) => emitter.reshape(tap, [groups, w[1], y[0] * y[2] * y[3]]))
  return emitter.node('Concat', grouped, { axis: 1 })
}

/** Positions of a window's elements, row by row. */
function tapsOf(height: number, width: number): [number, number][] {
  return Array.from({ length: height * width }, (_, tap) => [Math.floor(tap / width), tap % width])
}

/** Batch and channels swapped, which is free where either is 1. */
function channelsFirst(emitter: Emitter, images: string, [batch, channels, height, width]: Shape): string {
  if (batch === 1 || channels === 1) return emitter.reshape(images, [channels, batch, height, width])
  return emitter.node('Transpose', [images], { perm: [1, 0, 2, 3] })
}

export const convolutionForms: readonly Form[] = [conv2dForm, inputGradientForm, filterGradientForm]
