import type { Choice } from '@shared/catalog/choice'
import { sizeOf } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { flattenedOrder, kerasAxis, orderDiffers, channelsLast } from '../layout'
import { activate } from './activations'

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

export function add(context: KerasContext, node: Node, inputs: readonly Placed[]): Placed {
  return { ...inputs[0], name: context.layer(node.id, inputs.map(({ name }) => name), 'Add', {}) }
}

export function multiply(context: KerasContext, node: Node, inputs: readonly Placed[]): Placed {
  return { ...inputs[0], name: context.layer(node.id, inputs.map(({ name }) => name), 'Multiply', {}) }
}

export function concatenate(context: KerasContext, node: Node, inputs: readonly Placed[], shape: readonly number[]): Placed {
  const axis = kerasAxis(Number(node.axis), shape.length)
  return { name: context.layer(node.id, inputs.map(({ name }) => name), 'Concatenate', axis === -1 ? {} : { axis }), shape, order: null }
}
