import { conv1dWindow } from '@shared/catalog/layers/conv1d'
import { pool1dWindow, type Padding1d, type Window1d } from '@shared/catalog/layers/parts/window1d'
import type { Shape } from '@shared/graph'
import { transposed } from '../../keras/layout'
import { python, pythonList, type PythonValue } from '../../python/literal'
import { averageShares1d } from '../../training/average-shares1d'
import type { Node, TorchContext, TorchValue } from '../context'
import { POSITIONAL, SELF_ATTENTION } from '../helpers'
import { activated, chosenActivation } from './activations'

export function embedding(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const size = [Number(node.inputDim), Number(node.outputDim)]
  const member = context.member(context.identifier(node), 'nn.Embedding', size)
  context.weight(member, 'weight', node, 'embeddings', size)
  return context.assign(node, `${member}(${input.name}.long())`, shape)
}

export function positionalEncoding(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  context.helpers.add(POSITIONAL)
  const learned = node.kind === 'learned'
  const member = context.member(context.identifier(node), POSITIONAL, [...shape], learned ? { learned } : {})
  if (learned) context.weight(member, 'positions', node, 'positions', shape)
  return context.assign(node, `${member}(${input.name})`, shape)
}

export function multiHeadAttention(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  context.helpers.add(SELF_ATTENTION)
  const features = shape[1]
  const heads = Number(node.heads)
  const size = node.headSize === undefined ? features / heads : Number(node.headSize)
  const options: Record<string, PythonValue> = {
    ...(node.causal === true ? { causal: true } : {}),
    ...(Number(node.dropout) > 0 ? { dropout: Number(node.dropout) } : {}),
    ...(node.useBias === true ? {} : { bias: false }),
  }
  const member = context.member(context.identifier(node), SELF_ATTENTION, [features, heads, size], options)
  for (const part of ['query', 'key', 'value', 'output']) {
    const [from, to] = part === 'output' ? [heads * size, features] : [features, heads * size]
    context.weight(`${member}.${part}`, 'weight', node, `${part}Kernel`, [to, from], (values) => transposed(values, [from, to], [1, 0]))
    if (node.useBias === true) context.weight(`${member}.${part}`, 'bias', node, `${part}Bias`, [to])
  }
  return context.assign(node, `${member}(${input.name})`, shape)
}

/** PyTorch's windows run along the last axis; pads that differ come before. */
function alongTime(input: TorchValue, { pads: [before, after] }: Window1d, fill: string): string {
  const turned = `${input.name}.transpose(1, 2)`
  return before === 0 && after === 0 ? turned : `F.pad(${turned}, (${String(before)}, ${String(after)})${fill})`
}

export function conv1d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const [steps, features] = input.shape
  const { filters, groups, ...given } = node as unknown as { filters: number; groups: number; kernelSize: number; strides: number; padding: Padding1d; dilation: number }
  const window = conv1dWindow(steps, given)
  const options: Record<string, PythonValue> = {
    ...(window.stride === 1 ? {} : { stride: window.stride }),
    ...(window.dilation === 1 ? {} : { dilation: window.dilation }),
    ...(groups === 1 ? {} : { groups }),
    ...(node.useBias === true ? {} : { bias: false }),
  }
  const member = context.member(context.identifier(node), 'nn.Conv1d', [features, filters, window.size], options)
  context.weight(member, 'weight', node, 'kernel', [filters, features / groups, window.size])
  if (node.useBias === true) context.weight(member, 'bias', node, 'bias', [filters])
  const filtered = `${member}(${alongTime(input, window, '')}).transpose(1, 2)`
  return context.assign(node, activated(node.id, chosenActivation(context, node), filtered), shape)
}

function windowOfPool(node: Node, input: TorchValue): Window1d {
  return pool1dWindow(input.shape[0], node as unknown as { poolSize: number; strides?: number; padding: Padding1d })
}

export function maxPooling1d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const window = windowOfPool(node, input)
  const member = context.member(context.identifier(node), 'nn.MaxPool1d', [window.size, window.stride])
  return context.assign(node, `${member}(${alongTime(input, window, `, value=${python(-Infinity)}`)}).transpose(1, 2)`, shape)
}

export function averagePooling1d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const window = windowOfPool(node, input)
  const member = context.member(context.identifier(node), 'nn.AvgPool1d', [window.size, window.stride])
  const pooled = `${member}(${alongTime(input, window, '')})`
  const whole = node.countIncludePad === true || window.pads.every((pad) => pad === 0)
  const shared = whole ? pooled : `(${pooled} * torch.tensor(${pythonList(averageShares1d(input.shape[0], window))}).to(${input.name}))`
  return context.assign(node, `${shared}.transpose(1, 2)`, shape)
}

export function globalAveragePooling1d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${input.name}.mean(dim=1)`, shape)
}

export function globalMaxPooling1d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${input.name}.amax(dim=1)`, shape)
}
