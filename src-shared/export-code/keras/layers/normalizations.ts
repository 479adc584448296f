import { BATCH_NORMALIZATION_DEFAULTS, channelAxis } from '@shared/catalog/layers/batch-normalization'
import { sizeOf, type Shape } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { channelsLast, fromStart, kerasAxis, transposed } from '../layout'
import type { KerasWeight } from '../model'
import { scaled } from '../tfjs/elements'
import { rootMeanSquare } from '../tfjs/root-mean-square'
import { reshape } from './shapes'

/** Defined by the script where a model trains with PyTorch's running variance. */
export const UNBIASED = 'UnbiasedBatchNormalization'
/** Defined by the script where statistics are frozen after some updates: of Keras's own running variance, and of PyTorch's. */
export const FREEZING = 'FreezingBatchNormalization'
export const FREEZING_UNBIASED = 'FreezingUnbiasedBatchNormalization'
/** Defined by the script: Keras's own has no choice of axes and scale. */
export const ROOT_MEAN_SQUARE = 'RootMeanSquareNormalization'

export function batchNormalization(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const dialect = node.dialect === 'pytorch' ? 'pytorch' : 'keras'
  const defaults = BATCH_NORMALIZATION_DEFAULTS[dialect]
  const { momentum = defaults.momentum, epsilon = defaults.epsilon } = node as { momentum?: number; epsilon?: number }
  const axis = channelAxis(input.shape)
  const channels = input.shape[axis]
  const unbiased = dialect === 'pytorch' && context.target === 'keras'
  const freezes = context.training && node.freezeAfter !== undefined
  const className = freezes ? (unbiased ? FREEZING_UNBIASED : FREEZING) : unbiased ? UNBIASED : 'BatchNormalization'
  if (unbiased) context.helpers.add(UNBIASED)
  if (freezes) context.helpers.add(className)
  const weights = [...affine(context, node, [channels], (values) => values), ...(['mean', 'variance'] as const).map((each) => statistic(context, node, each, channels))]
  const freezing: Record<string, number> = freezes ? { freeze_after: Number(node.freezeAfter) } : {}
  const layer = (name: string, along: Record<string, number>): string => context.layer(node.id, [name], className, { ...freezing, ...along, momentum, epsilon, ...switches(node) }, { weights })
  return axis > 0 ? { ...input, name: layer(input.name, {}) } : alongChannels(context, node, input, layer)
}

/** A layer along the channels. TensorFlow.js is right about the last axis alone: it comes there and goes back. */
function alongChannels(context: KerasContext, node: Node, input: Placed, layer: (input: string, axis: Record<string, number>) => string): Placed {
  const rank = input.shape.length
  const last = rank === 1 || rank === 3
  if (last || context.target === 'keras') return { ...input, name: layer(input.name, last ? {} : { axis: 1 }) }
  return { ...input, name: context.alongLast(node, input.name, rank, 1, (moved) => layer(moved, {})) }
}

function statistic(context: KerasContext, node: Node, which: 'mean' | 'variance', channels: number): KerasWeight {
  return context.weight(node, which === 'mean' ? 'movingMean' : 'movingVariance', `moving_${which}`, [channels])
}

export function layerNormalization(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const { shape } = input
  const { axes, own } = normalizedAxes(node, shape)
  const convert: KerasWeight['convert'] = (values) => (own.length === 3 ? transposed(values, own, [1, 2, 0]) : values)
  const weights = affine(context, node, channelsLast(own), convert)
  const layer = (name: string, axis: number | readonly number[]): string => context.layer(node.id, [name], 'LayerNormalization', { axis, epsilon: Number(node.epsilon), ...switches(node) }, { weights })
  if (axes.length > 1) return { ...input, name: layer(input.name, axes) }
  // Keras on PyTorch is right about the last axis alone.
  return { ...input, name: context.alongLast(node, input.name, shape.length, fromStart(axes[0], shape.length), (moved) => layer(moved, -1)) }
}

/** Keras's axes of what is normalized together, and its shape in the document's layout. */
function normalizedAxes({ over }: Node, shape: Shape): { readonly axes: readonly number[]; readonly own: Shape } {
  if (over === 'sample') return { axes: shape.map((_, axis) => axis + 1), own: shape }
  const axis = over === 'channels' ? 0 : shape.length - 1
  return { axes: [kerasAxis(axis, shape.length)], own: [shape[axis]] }
}

export function groupNormalization(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  return grouped(context, node, input, Number(node.groups))
}

export function instanceNormalization(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  return grouped(context, node, input, input.shape[0])
}

function grouped(context: KerasContext, node: Node, input: Placed, groups: number): Placed {
  const [channels] = input.shape
  const weights = affine(context, node, [channels], (values) => values)
  const epsilon = Number(node.epsilon)
  if (context.target === 'keras') {
    return alongChannels(context, node, input, (name, axis) => context.layer(node.id, [name], 'GroupNormalization', { groups, ...axis, epsilon, ...switches(node) }, { weights }))
  }
  // TensorFlow.js has it not: each group as a row, normalized by itself, then γ and β.
  const rows = reshape(context, { ...node, id: `${node.id}_groups` }, [input], [groups, sizeOf(input.shape) / groups])
  const normalized = { ...rows, name: context.layer(`${node.id}_normalized`, [rows.name], 'LayerNormalization', { axis: 2, epsilon, center: false, scale: false }) }
  const back = reshape(context, { ...node, id: `${node.id}_channels` }, [normalized], input.shape)
  if (weights.length === 0) return back
  return alongChannels(context, node, back, (name) => scaled(context, node.id, name, channels, weights))
}

export function rmsNormalization(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const { shape } = input
  const { axes, own } = normalizedAxes(node, shape)
  const convert: KerasWeight['convert'] = (values) => (own.length === 3 ? transposed(values, own, [1, 2, 0]) : values)
  const weights = node.scale === true ? [context.weight(node, 'gamma', 'gamma', channelsLast(own), convert)] : []
  if (context.target === 'tfjs') return { ...input, name: rootMeanSquare(context, node, input, axes, weights[0] ?? null) }
  context.helpers.add(ROOT_MEAN_SQUARE)
  return { ...input, name: context.layer(node.id, [input.name], ROOT_MEAN_SQUARE, { axis: axes, epsilon: Number(node.epsilon), ...(node.scale === true ? {} : { scale: false }) }, { weights }) }
}

function affine(context: KerasContext, node: Node, shape: Shape, convert: KerasWeight['convert']): KerasWeight[] {
  const wanted = [...(node.scale === true ? ['gamma'] : []), ...(node.center === true ? ['beta'] : [])]
  return wanted.map((name) => context.weight(node, name, name, shape, convert))
}

function switches(node: Node): Record<string, boolean> {
  return { ...(node.center === true ? {} : { center: false }), ...(node.scale === true ? {} : { scale: false }) }
}
