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

/** Of any of the three ops. */
export function convGeometry(node: Tensor): ConvGeometry {
  const [first, second] = node.inputs
  const shapes =
    node.op === 'conv2d'
      ? { x: first.shape, w: second.shape, y: node.shape }
      : node.op === 'conv2dInputGradient'
        ? { x: node.shape, w: first.shape, y: second.shape }
        : { x: first.shape, w: node.shape, y: second.shape }
  return {
    ...shapes,
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
  emit: (emitter, node) => emitter.node('Conv', emitter.values(node.inputs), convAttributes(convGeometry(node))),
}

const inputGradientForm: Form = { op: 'conv2dInputGradient', emit: inputGradient }

export function inputGradient(emitter: Emitter, node: Tensor): string {
  const [w, dy] = emitter.values(node.inputs)
  const geometry = convGeometry(node)
  // A single channel would make a convolution with one filter, for which the runtime has no fast way.
  return canTurn(geometry) && geometry.w[1] > 1 ? turnedConv(emitter, w, dy, geometry) : transposedConv(emitter, w, dy, geometry)
}

/** With stride 1 the gradient is a convolution with the filters turned round, which is faster than ConvTranspose. */
export function canTurn({ strides, pads, groups, ...geometry }: ConvGeometry): boolean {
  const margins = marginsOf(geometry)
  return groups === 1 && strides.every((stride) => stride === 1) && pads.every((pad, side) => pad <= margins[side])
}

/** Pads of the convolution that turns dy into the gradient of the images. */
export function turnedPads({ pads, ...geometry }: ConvGeometry): number[] {
  return marginsOf(geometry).map((margin, side) => margin - pads[side])
}

/** How far a window reaches beyond its first element, for each side. */
function marginsOf({ w, dilations }: Pick<ConvGeometry, 'w' | 'dilations'>): number[] {
  return [0, 1, 0, 1].map((axis) => (w[axis + 2] - 1) * dilations[axis])
}

/** Numbers of a filter's taps from the last to the first. */
export function turnedTaps(emitter: Emitter, { w }: ConvGeometry): string {
  const count = w[2] * w[3]
  return emitter.ints(Array.from({ length: count }, (_, tap) => count - 1 - tap))
}

function turnedConv(emitter: Emitter, w: string, dy: string, geometry: ConvGeometry): string {
  const [filters, channels, height, width] = geometry.w
  const taps = emitter.reshape(emitter.node('Transpose', [w], { perm: [1, 0, 2, 3] }), [channels, filters, height * width])
  const turned = emitter.reshape(emitter.node('Gather', [taps, turnedTaps(emitter, geometry)], { axis: 2 }), [channels, filters, height, width])
  return emitter.node('Conv', [dy, turned], { kernel_shape: [height, width], dilations: geometry.dilations, pads: turnedPads(geometry) })
}

export function transposedConv(emitter: Emitter, w: string, dy: string, geometry: ConvGeometry): string {
  return emitter.node('ConvTranspose', [dy, w], { ...convAttributes(geometry), output_padding: unreached(geometry) })
}

/** Rows and columns at the far edge that no window reaches: fewer than the stride. */
export function unreached({ x, w, y, strides, pads, dilations }: ConvGeometry): [number, number] {
  const left = (axis: number): number => x[axis + 2] + pads[axis] + pads[axis + 2] - (w[axis + 2] - 1) * dilations[axis] - 1 - (y[axis + 2] - 1) * strides[axis]
  return [left(0), left(1)]
}

/**
 * Image patches as columns, times dy as one matrix product per group: three times faster than a convolution with batch
 * and channels swapped, whose kernel is as large as the image.
 */
const filterGradientForm: Form = {
  op: 'conv2dFilterGradient',
  emit: (emitter, node) => filterColumns(emitter, node, (columns, rows) => emitter.contrib('FusedMatMul', [columns, rows], { transB: 1 })),
}

/** The filters' gradient by a product of [groups, taps · channels, positions] and [groups, filters, positions], transposed. */
export function filterColumns(emitter: Emitter, node: Tensor, product: (columns: string, rows: string) => string): string {
  const [x, dy] = emitter.values(node.inputs)
  const geometry = convGeometry(node)
  const { groups, w, y } = geometry
  const [filters, channels, height, width] = w
  const positions = y[0] * y[2] * y[3]
  const images = channelsFirst(emitter, x, geometry.x)
  const columns = emitter.reshape(joinTaps(emitter, imageTaps(emitter, images, geometry), geometry), [groups, height * width * channels, positions])
  const rows = emitter.reshape(channelsFirst(emitter, dy, y), [groups, filters / groups, positions])
  const taps = emitter.reshape(product(columns, rows), [groups, height * width, channels, filters / groups])
  return emitter.reshape(emitter.node('Transpose', [taps], { perm: [0, 3, 2, 1] }), w)
}

/** For each tap of the filter, row by row, the elements of the images [·, ·, height, width] that it meets. */
export function imageTaps(emitter: Emitter, images: string, { w, y, strides, pads, dilations }: ConvGeometry): string[] {
  const padded = pads.some((pad) => pad > 0) ? emitter.node('Pad', [images, emitter.ints([0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]])]) : images
  return tapsOf(w[2], w[3]).map(([row, column]) => {
    const starts = [row * dilations[0], column * dilations[1]]
    const ends = starts.map((start, axis) => start + (y[axis + 2] - 1) * strides[axis] + 1)
    return emitter.node('Slice', [padded, emitter.ints(starts), emitter.ints(ends), emitter.ints([2, 3]), emitter.ints(strides)])
  })
}

/** Taps of images [channels, batch, …] as [groups, taps, channels of a group, …]. */
function joinTaps(emitter: Emitter, taps: readonly string[], { w, y, groups }: ConvGeometry): string {
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
