import type { Shape } from '@shared/graph'
import { python } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'

/** A merge written as an expression over the names of its inputs. */
function merge(expression: (names: readonly string[]) => string) {
  return (context: TorchContext, node: Node, inputs: readonly TorchValue[], shape: Shape): TorchValue => context.assign(node, expression(inputs.map(({ name }) => name)), shape)
}

export const add = merge((names) => names.join(' + '))
export const subtract = merge((names) => names.join(' - '))
export const multiply = merge((names) => names.join(' * '))
export const average = merge((names) => `(${names.join(' + ')}) / ${String(names.length)}`)
export const maximum = merge(([first, ...others]) => others.reduce((most, name) => `torch.maximum(${most}, ${name})`, first))

export function concatenate(context: TorchContext, node: Node, inputs: readonly TorchValue[], shape: Shape): TorchValue {
  return merge((names) => `torch.cat((${names.join(', ')}), dim=${python(Number(node.axis) + 1)})`)(context, node, inputs, shape)
}
