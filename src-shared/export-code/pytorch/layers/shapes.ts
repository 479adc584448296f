import type { Choice } from '@shared/catalog/choice'
import { pair, windowOf, type Padding, type Pair } from '@shared/catalog/layers/parts/geometry'
import type { Shape } from '@shared/graph'
import { python } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'
import { NOISE } from '../helpers'
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
  return chosen.type === 'linear' ? input : context.assign(node, activated(node.id, chosen, input.name), shape)
}

export function dropout(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${context.member(context.identifier(node), 'nn.Dropout', [Number(node.rate)])}(${input.name})`, shape)
}

export function spatialDropout2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${context.member(context.identifier(node), 'nn.Dropout2d', [Number(node.rate)])}(${input.name})`, shape)
}

export function gaussianNoise(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  context.helpers.add(NOISE)
  return context.assign(node, `${context.member(context.identifier(node), NOISE, [Number(node.deviation)])}(${input.name})`, shape)
}

export function upsampling2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `F.interpolate(${input.name}, scale_factor=${python(pair(node.size as Pair))}, mode="nearest")`, shape)
}

export function zeroPadding2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const [top, left, bottom, right] = windowOf(input.shape, { kernel: 1, strides: 1, padding: node.padding as Padding }).pads
  return context.assign(node, `F.pad(${input.name}, ${python([left, right, top, bottom])})`, shape)
}
