import type { Choice } from '@shared/catalog/choice'
import { pair, windowOf, type Padding, type Pair } from '@shared/catalog/layers/parts/geometry'
import { sizeOf } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { channelsLast, flattenedOrder, orderDiffers } from '../layout'
import { activate } from './activations'
import { zeroPadded } from './windows'

/** Elements in the document's order: channels first. */
function channelsFirst(context: KerasContext, node: Node, input: Placed): string {
  return orderDiffers(input.shape) ? context.layer(`${node.id}_order`, [input.name], 'Permute', { dims: [3, 1, 2] }) : input.name
}

export function flatten(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const shape = [sizeOf(input.shape)]
  if (input.shape.length === 1) return input
  if (orderDiffers(input.shape) && context.unordered.has(node.id)) return { name: context.layer(node.id, [input.name], 'Flatten', {}), shape, order: flattenedOrder(input.shape) }
  return { name: context.layer(node.id, [channelsFirst(context, node, input)], 'Flatten', {}), shape, order: null }
}

/** `shape`: what the reshape gives, resolved. */
export function reshape(context: KerasContext, node: Node, [input]: readonly Placed[], shape: readonly number[]): Placed {
  const flat = channelsFirst(context, node, input)
  if (!orderDiffers(shape)) return { name: context.layer(node.id, [flat], 'Reshape', { target_shape: channelsLast(shape) }), shape, order: null }
  const rows = context.layer(`${node.id}_order`, [flat], 'Reshape', { target_shape: shape })
  return { name: context.layer(node.id, [rows], 'Permute', { dims: [2, 3, 1] }), shape, order: null }
}

export function activation(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  if (context.logitsOf === node.id) return input
  // The options were checked; defaults are filled in.
  return activate(context, node, node.id, input, node.activation as Choice)
}

export function dropout(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  return { ...input, name: context.layer(node.id, [input.name], 'Dropout', { rate: Number(node.rate) }) }
}

export function gaussianNoise(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  return { ...input, name: context.layer(node.id, [input.name], 'GaussianNoise', { stddev: Number(node.deviation) }) }
}

export function spatialDropout2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  // TensorFlow.js has it not, and predictions know no dropout.
  return context.target === 'tfjs' ? input : { ...input, name: context.layer(node.id, [input.name], 'SpatialDropout2D', { rate: Number(node.rate) }) }
}

export function upsampling2d(context: KerasContext, node: Node, [input]: readonly Placed[], shape: readonly number[]): Placed {
  return { name: context.layer(node.id, [input.name], 'UpSampling2D', { size: pair(node.size as Pair) }), shape, order: null }
}

export function zeroPadding2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  return zeroPadded(context, node.id, input, windowOf(input.shape, { kernel: 1, strides: 1, padding: node.padding as Padding }))
}
