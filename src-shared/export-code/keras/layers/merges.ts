import type { KerasContext, Node, Placed } from '../context'
import { channelsLast, kerasAxis } from '../layout'
import { negative } from '../tfjs/elements'

/** A merging layer without options. */
function merge(className: string) {
  return (context: KerasContext, node: Node, inputs: readonly Placed[]): Placed => ({ ...inputs[0], name: context.layer(node.id, names(inputs), className, {}) })
}

export const add = merge('Add')
export const average = merge('Average')
export const maximum = merge('Maximum')
export const multiply = merge('Multiply')

export function subtract(context: KerasContext, node: Node, inputs: readonly Placed[]): Placed {
  const [first, second] = inputs
  if (context.target === 'keras') return { ...first, name: context.layer(node.id, names(inputs), 'Subtract', {}) }
  // TensorFlow.js only adds.
  const extent = channelsLast(second.shape).at(-1) ?? 1
  return { ...first, name: context.layer(node.id, [first.name, negative(context, `${node.id}_negative`, second.name, extent)], 'Add', {}) }
}

export function concatenate(context: KerasContext, node: Node, inputs: readonly Placed[], shape: readonly number[]): Placed {
  const axis = kerasAxis(Number(node.axis), shape.length)
  return { name: context.layer(node.id, names(inputs), 'Concatenate', axis === -1 ? {} : { axis }), shape, order: null }
}

function names(inputs: readonly Placed[]): readonly string[] {
  return inputs.map(({ name }) => name)
}
