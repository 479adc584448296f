import { BATCH_NORMALIZATION_DEFAULTS } from '@shared/catalog/layers/batch-normalization'
import type { Shape } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { channelsLast, kerasAxis, transposed } from '../layout'
import type { KerasWeight } from '../model'

/** Defined by the script where a model trains with PyTorch's running variance. */
export const UNBIASED = 'UnbiasedBatchNormalization'

export function batchNormalization(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const dialect = node.dialect === 'pytorch' ? 'pytorch' : 'keras'
  const defaults = BATCH_NORMALIZATION_DEFAULTS[dialect]
  const { momentum = defaults.momentum, epsilon = defaults.epsilon } = node as { momentum?: number; epsilon?: number }
  const [channels] = input.shape
  const axis = kerasAxis(0, input.shape.length)
  const unbiased = dialect === 'pytorch' && context.target === 'keras'
  if (unbiased) context.helpers.add(UNBIASED)
  const weights = [...affine(context, node, [channels], (values) => values), ...(['mean', 'variance'] as const).map((each) => statistic(context, node, each, channels))]
  const name = context.layer(
    node.id,
    [input.name],
    unbiased ? UNBIASED : 'BatchNormalization',
    { ...(axis === -1 || input.shape.length === 1 ? {} : { axis }), momentum, epsilon, ...switches(node) },
    { weights },
  )
  return { ...input, name }
}

function statistic(context: KerasContext, node: Node, which: 'mean' | 'variance', channels: number): KerasWeight {
  return context.weight(node, which === 'mean' ? 'movingMean' : 'movingVariance', `moving_${which}`, [channels])
}

export function layerNormalization(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const { shape } = input
  const perChannel = node.over === 'channels'
  const axes = perChannel ? [kerasAxis(0, shape.length)] : shape.map((_, axis) => axis + 1)
  const own: Shape = perChannel ? [shape[0]] : shape
  const convert: KerasWeight['convert'] = (values) => (own.length === 3 ? transposed(values, own, [1, 2, 0]) : values)
  const name = context.layer(
    node.id,
    [input.name],
    'LayerNormalization',
    { axis: axes.length === 1 ? axes[0] : axes, epsilon: Number(node.epsilon), ...switches(node) },
    { weights: affine(context, node, channelsLast(own), convert) },
  )
  return { ...input, name }
}

function affine(context: KerasContext, node: Node, shape: Shape, convert: KerasWeight['convert']): KerasWeight[] {
  const wanted = [...(node.scale === true ? ['gamma'] : []), ...(node.center === true ? ['beta'] : [])]
  return wanted.map((name) => context.weight(node, name, name, shape, convert))
}

function switches(node: Node): Record<string, boolean> {
  return { ...(node.center === true ? {} : { center: false }), ...(node.scale === true ? {} : { scale: false }) }
}
