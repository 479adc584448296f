import type { KerasContext, Node, Placed } from '../context'
import { kerasAxis } from '../layout'
import { still } from './normalizations'

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
  // TensorFlow.js only adds: the second input times −1, which a batch normalization of nothing does along the last axis.
  const extent = second.shape.length === 3 ? second.shape[0] : (second.shape.at(-1) ?? 1)
  const weights = [context.constant('gamma', [extent], -1), ...still(context, extent)]
  const negative = context.layer(`${node.id}_negative`, [second.name], 'BatchNormalization', { epsilon: 0, center: false }, { weights })
  return { ...first, name: context.layer(node.id, [first.name, negative], 'Add', {}) }
}

export function concatenate(context: KerasContext, node: Node, inputs: readonly Placed[], shape: readonly number[]): Placed {
  const axis = kerasAxis(Number(node.axis), shape.length)
  return { name: context.layer(node.id, names(inputs), 'Concatenate', axis === -1 ? {} : { axis }), shape, order: null }
}

function names(inputs: readonly Placed[]): readonly string[] {
  return inputs.map(({ name }) => name)
}
