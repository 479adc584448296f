import type { Choice } from '@shared/catalog/choice'
import type { Shape } from '@shared/graph'
import { python } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'
import { activated } from './activations'

export function flatten(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return input.shape.length === 1 ? input : context.assign(node, `torch.flatten(${input.name}, 1)`, shape)
}

export function reshape(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${input.name}.reshape(-1, ${shape.map((extent) => python(extent)).join(', ')})`, shape)
}

export function activation(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  // The options were checked; defaults are filled in.
  const chosen: Choice = context.logitsOf === node.id ? { type: 'linear' } : (node.activation as Choice)
  return chosen.type === 'linear' ? input : context.assign(node, activated(chosen, input.name), shape)
}

export function dropout(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${context.member(context.identifier(node), 'nn.Dropout', [Number(node.rate)])}(${input.name})`, shape)
}

export function add(context: TorchContext, node: Node, inputs: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, inputs.map(({ name }) => name).join(' + '), shape)
}

export function multiply(context: TorchContext, node: Node, inputs: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, inputs.map(({ name }) => name).join(' * '), shape)
}

export function concatenate(context: TorchContext, node: Node, inputs: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `torch.cat((${inputs.map(({ name }) => name).join(', ')}), dim=${python(Number(node.axis) + 1)})`, shape)
}
