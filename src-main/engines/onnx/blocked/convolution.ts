import type { Tensor } from '@shared/graph'
import { canTurn, convAttributes, convGeometry, imageTaps, turnedPads, turnedTaps, unreached } from '../forms/convolution'
import type { ConvGeometry } from '../forms/convolution'
import { blocked, plain } from '../lowerings/emitter'
import type { Emitter } from '../lowerings/emitter'
import type { BlockedForm } from '../lowerings/lowering'

/**
 * conv2d on blocked images, with a bias [channels] where there is one. Filters fill blocks; so do the channels of the
 * images, or they are fewer than a block and the images stay plain. Null for other convolutions.
 */
export function blockedConv(emitter: Emitter, node: Tensor, bias: string | null): string | null {
  const [x, w] = node.inputs
  const geometry = convGeometry(node)
  const channels = x.shape[1]
  const { block } = emitter
  if (block === null || geometry.groups !== 1 || !emitter.canBlock(node)) return null
  if (channels >= block && !emitter.canBlock(x)) return null
  const images = channels < block ? emitter.value(x) : emitter.blocked(x)
  const filters = blockedFilters(emitter, emitter.value(w), geometry, block)
  return emitter.nchwc('Conv', bias === null ? [images, filters] : [images, filters, bias], convAttributes(geometry))
}

/** Filters as [out / block, in / block, taps, block of in, block of out]; fewer channels than a block are not split. */
function blockedFilters(emitter: Emitter, w: string, { w: shape }: ConvGeometry, block: number): string {
  const [filters, channels, height, width] = shape
  const taps = height * width
  if (channels < block) {
    const split = emitter.reshape(w, [filters / block, block, channels, taps])
    return emitter.reshape(emitter.node('Transpose', [split], { perm: [0, 2, 3, 1] }), shape)
  }
  const split = emitter.reshape(w, [filters / block, block, channels / block, block, taps])
  return emitter.reshape(emitter.node('Transpose', [split], { perm: [0, 2, 4, 3, 1] }), shape)
}

const conv2d: BlockedForm = {
  op: 'conv2d',
  emit(emitter, node) {
    const value = blockedConv(emitter, node, null)
    return value === null ? null : blocked(value)
  },
}

/** With stride 1: a convolution of dy with the filters turned round. */
const inputGradient: BlockedForm = {
  op: 'conv2dInputGradient',
  emit(emitter, node) {
    const [w, dy] = node.inputs
    const geometry = convGeometry(node)
    const { block } = emitter
    if (block === null || !canTurn(geometry) || !emitter.canBlock(node) || !emitter.canBlock(dy)) return null
    const [filters, channels, height, width] = geometry.w
    const split = emitter.reshape(emitter.value(w), [filters / block, block, channels / block, block, height * width])
    const turned = emitter.node('Gather', [emitter.node('Transpose', [split], { perm: [2, 0, 4, 1, 3] }), turnedTaps(emitter, geometry)], { axis: 2 })
    const operands = [emitter.blocked(dy), emitter.reshape(turned, [channels, filters, height, width])]
    const attributes = { kernel_shape: [height, width], dilations: geometry.dilations, pads: turnedPads(geometry) }
    return blocked(emitter.nchwc('Conv', operands, attributes))
  },
}

const filterGradient: BlockedForm = {
  op: 'conv2dFilterGradient',
  emit(emitter, node) {
    const geometry = convGeometry(node)
    const { block } = emitter
    const [x, dy] = node.inputs
    if (block === null || geometry.groups !== 1 || !emitter.canBlock(dy)) return null
    if (x.shape[1] < block) return emitter.has(dy, 'blocked') ? plain(thinFilterGradient(emitter, x, dy, geometry, block)) : null
    return batchFillsBlocks(geometry, block) && emitter.canBlock(x) ? plain(batchAsChannels(emitter, x, dy, geometry, block)) : null
  },
}

/** Images of few channels: their patches, [taps · channels, positions], times each block of dy, summed over the batch. */
function thinFilterGradient(emitter: Emitter, x: Tensor, dy: Tensor, geometry: ConvGeometry, block: number): string {
  const { w, y } = geometry
  const [batch, filters, rows, columns] = y
  const [, channels, height, width] = w
  const taps = imageTaps(emitter, emitter.value(x), geometry)
  const patches = taps.length === 1 ? taps[0] : emitter.node('Concat', taps, { axis: 1 })
  const left = emitter.reshape(patches, [batch, 1, taps.length * channels, rows * columns])
  const right = emitter.reshape(emitter.blocked(dy), [batch, filters / block, rows * columns, block])
  const sums = emitter.node('ReduceSum', [emitter.node('MatMul', [left, right]), emitter.ints([0])], { keepdims: 0 })
  const split = emitter.reshape(sums, [filters / block, height * width, channels, block])
  return emitter.reshape(emitter.node('Transpose', [split], { perm: [0, 3, 2, 1] }), w)
}

/** What {@link batchAsChannels} needs: the batch fills blocks, and columns that no window reaches are padding. */
function batchFillsBlocks({ x, pads, dilations, ...geometry }: ConvGeometry, block: number): boolean {
  const rest = unreached({ x, pads, dilations, ...geometry })
  return x[0] % block === 0 && dilations[1] === 1 && rest.every((count, axis) => count <= pads[axis + 2])
}

/**
 * A convolution whose channels are the batch and whose filters are dy: at tap (i, j) it meets x at the positions that
 * the tap met. Blocks of x's channels lie beside each other along the width, so that one row of outputs holds all taps
 * and channels of a block and the kernel steps over whole blocks. Each block of the batch is a group of its own, summed
 * at the end: its share of dy stays in the cache.
 */
function batchAsChannels(emitter: Emitter, x: Tensor, dy: Tensor, geometry: ConvGeometry, block: number): string {
  const { w, y, x: images, strides, pads, dilations } = geometry
  const [batch, channels, height, width] = images
  const [filters, , kernelHeight, kernelWidth] = w
  const [groups, inBlocks, outBlocks] = [batch / block, channels / block, filters / block]
  const [restRows, restColumns] = unreached(geometry)
  const columns = pads[1] + width + pads[3] - restColumns

  const samplesLast = emitter.nchwc('ReorderInput', [emitter.reshape(emitter.blocked(x), [groups, block, 1, channels * height * width])])
  const byChannels = emitter.node('Transpose', [emitter.reshape(samplesLast, [groups, inBlocks, height * width * block * block])], { perm: [1, 0, 2] })
  const rows = emitter.reshape(byChannels, [inBlocks * groups * height, width * block * block])
  const margins = emitter.ints([0, pads[1] * block * block, 0, (pads[3] - restColumns) * block * block])
  const padded = columns === width ? rows : emitter.node('Pad', [rows, margins])
  const samples = emitter.reshape(padded, [inBlocks, batch, height, columns * block])

  const dyBlocks = emitter.reshape(emitter.blocked(dy), [groups, block, outBlocks, y[2] * y[3], block])
  const kernel = emitter.reshape(emitter.node('Transpose', [dyBlocks], { perm: [0, 2, 3, 1, 4] }), [filters * groups, block, y[2], y[3]])
  const products = emitter.nchwc('Conv', [samples, kernel], {
    kernel_shape: [y[2], y[3]],
    strides: [dilations[0], 1],
    dilations: [strides[0], strides[1] * block],
    pads: [pads[0], 0, pads[2] - restRows, 0],
    group: groups,
  })
  const size = outBlocks * kernelHeight * kernelWidth * block * block
  const sums = groups === 1 ? products : emitter.node('ReduceSum', [emitter.reshape(products, [inBlocks, groups, size]), emitter.ints([1])], { keepdims: 0 })
  const split = emitter.reshape(sums, [inBlocks, outBlocks, kernelHeight, kernelWidth, block, block])
  return emitter.reshape(emitter.node('Transpose', [split], { perm: [1, 5, 0, 4, 2, 3] }), w)
}

export const blockedConvolutionForms: readonly BlockedForm[] = [conv2d, inputGradient, filterGradient]
