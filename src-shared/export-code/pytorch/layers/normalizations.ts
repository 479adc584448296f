import { BATCH_NORMALIZATION_DEFAULTS, channelAxis } from '@shared/catalog/layers/batch-normalization'
import { normalizedShape, type NormalizedOver } from '@shared/catalog/layers/parts/standardizing'
import { sizeOf, type Shape } from '@shared/graph'
import { Code, python, type PythonValue } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'
import { CHANNELS, CHANNELS_RMS, POPULATION } from '../helpers'

export function batchNormalization(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const dialect = node.dialect === 'pytorch' ? 'pytorch' : 'keras'
  const defaults = BATCH_NORMALIZATION_DEFAULTS[dialect]
  const { momentum = defaults.momentum, epsilon = defaults.epsilon } = node as { momentum?: number; epsilon?: number }
  const axis = channelAxis(input.shape)
  const channels = input.shape[axis]
  // In training PyTorch's own refuses a batch of one row, such as an epoch may end with, where it has one value a channel.
  const native = dialect === 'pytorch' && input.shape.length <= 4 && !(context.training && sizeOf(input.shape) === channels)
  if (!native) context.helpers.add(POPULATION)
  const className = native ? `nn.BatchNorm${String(Math.max(1, input.shape.length - 1))}d` : POPULATION
  const unbiased: Record<string, PythonValue> = !native && dialect === 'pytorch' ? { unbiased: true } : {}
  // PyTorch's momentum is the weight of the new value; as a difference it loses no digits.
  const member = context.member(context.identifier(node), className, [channels], { eps: epsilon, momentum: new Code(`1 - ${python(momentum)}`), ...unbiased })
  affine(context, node, member, [channels])
  context.weight(member, 'running_mean', node, 'movingMean', [channels])
  context.weight(member, 'running_var', node, 'movingVariance', [channels])
  // PyTorch has the time last.
  return context.assign(node, axis === 0 ? `${member}(${input.name})` : `${member}(${input.name}.transpose(1, 2)).transpose(1, 2)`, shape)
}

export function layerNormalization(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const perChannel = node.over === 'channels' && input.shape.length > 1
  if (perChannel) context.helpers.add(CHANNELS)
  const own = normalizedShape(input.shape, node.over as NormalizedOver)
  const size = own.length === 1 ? own[0] : own
  const member = context.member(context.identifier(node), perChannel ? CHANNELS : 'nn.LayerNorm', [size], { eps: Number(node.epsilon) })
  affine(context, node, member, own)
  return context.assign(node, `${member}(${input.name})`, shape)
}

export function groupNormalization(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return grouped(context, node, input, shape, Number(node.groups))
}

export function instanceNormalization(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return grouped(context, node, input, shape, input.shape[0])
}

function grouped(context: TorchContext, node: Node, input: TorchValue, shape: Shape, groups: number): TorchValue {
  const [channels] = input.shape
  const member = context.member(context.identifier(node), 'nn.GroupNorm', [groups, channels], { eps: Number(node.epsilon) })
  affine(context, node, member, [channels])
  return context.assign(node, `${member}(${input.name})`, shape)
}

export function rmsNormalization(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const perChannel = node.over === 'channels' && input.shape.length > 1
  if (perChannel) context.helpers.add(CHANNELS_RMS)
  const own = normalizedShape(input.shape, node.over as NormalizedOver)
  const scaled: Record<string, PythonValue> = node.scale === true ? {} : { elementwise_affine: false }
  const member = context.member(context.identifier(node), perChannel ? CHANNELS_RMS : 'nn.RMSNorm', [own.length === 1 ? own[0] : own], { eps: Number(node.epsilon), ...scaled })
  if (node.scale === true) context.weight(member, 'weight', node, 'gamma', own)
  return context.assign(node, `${member}(${input.name})`, shape)
}

/** Without scale or center the module's own tensor stays what it is. */
function affine(context: TorchContext, node: Node, member: string, shape: Shape): void {
  if (node.scale === true) context.weight(member, 'weight', node, 'gamma', shape)
  else context.constant(member, 'weight', 1, shape)
  if (node.center === true) context.weight(member, 'bias', node, 'beta', shape)
  else context.constant(member, 'bias', 0, shape)
}
