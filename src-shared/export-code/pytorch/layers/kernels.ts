import { pair, windowOf, type Padding, type Pair, type Window } from '@shared/catalog/layers/parts/geometry'
import type { Shape } from '@shared/graph'
import { transposed } from '../../keras/layout'
import type { PythonValue } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'
import { DROP_CONNECT } from '../helpers'
import { activated, chosenActivation } from './activations'

export function dense(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const inputs = input.shape[input.shape.length - 1]
  const units = Number(node.units)
  const dropConnect = Number(node.dropConnect ?? 0)
  if (dropConnect > 0) context.helpers.add(DROP_CONNECT)
  const member = context.member(context.identifier(node), dropConnect > 0 ? DROP_CONNECT : 'nn.Linear', dropConnect > 0 ? [inputs, units, dropConnect] : [inputs, units], bias(node))
  context.weight(member, 'weight', node, 'kernel', [units, inputs], (values) => transposed(values, [inputs, units], [1, 0]))
  if (node.useBias === true) context.weight(member, 'bias', node, 'bias', [units])
  return context.assign(node, activated(node.id, chosenActivation(context, node), `${member}(${input.name})`), shape)
}

export function conv2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return convolution(context, node, input, shape, Number(node.groups))
}

export function depthwiseConv2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return convolution(context, node, input, shape, input.shape[0])
}

function convolution(context: TorchContext, node: Node, input: TorchValue, shape: Shape, groups: number): TorchValue {
  const { kernelSize, strides, dilation, padding } = node as unknown as { kernelSize: Pair; strides: Pair; dilation: Pair; padding: Padding }
  const window = windowOf(input.shape, { kernel: kernelSize, strides, dilations: dilation, padding })
  const { x, pads } = padded(context, node, input.name, window, 'nn.ZeroPad2d')
  const options: Record<string, PythonValue> = {
    ...given('stride', window.strides, 1),
    ...given('padding', pads, 0),
    ...given('dilation', window.dilations, 1),
    ...(groups === 1 ? {} : { groups }),
    ...bias(node),
  }
  const [filters] = shape
  const member = context.member(context.identifier(node), 'nn.Conv2d', [input.shape[0], filters, size(window.kernel)], options)
  context.weight(member, 'weight', node, 'kernel', [filters, input.shape[0] / groups, ...window.kernel])
  if (node.useBias === true) context.weight(member, 'bias', node, 'bias', [filters])
  return context.assign(node, activated(node.id, chosenActivation(context, node), `${member}(${x})`), shape)
}

export function conv2dTranspose(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const [channels] = input.shape
  const [filters, ...extents] = shape
  const kernel = pair(node.kernelSize as Pair)
  const strides = pair(node.strides as Pair)
  // What is to be cut off the whole spread, before and after; less than nothing is added at the end.
  const cuts = [0, 1].map((axis) => (input.shape[axis + 1] - 1) * strides[axis] + kernel[axis] - extents[axis])
  const added: readonly [number, number] = [Math.max(-cuts[0], 0), Math.max(-cuts[1], 0)]
  const even = cuts.every((cut) => cut <= 0 || cut % 2 === 0)
  const pads: readonly [number, number] = even ? [Math.max(cuts[0], 0) / 2, Math.max(cuts[1], 0) / 2] : [0, 0]
  const options = { ...given('stride', strides, 1), ...given('padding', pads, 0), ...given('output_padding', added, 0), ...bias(node) }
  const member = context.member(context.identifier(node), 'nn.ConvTranspose2d', [channels, filters, size(kernel)], options)
  context.weight(member, 'weight', node, 'kernel', [channels, filters, ...kernel])
  if (node.useBias === true) context.weight(member, 'bias', node, 'bias', [filters])
  const ranges = [0, 1].map((axis) => {
    const start = Math.floor(Math.max(cuts[axis], 0) / 2)
    return `${String(start)} : ${String(start + extents[axis])}`
  })
  const cut = even ? '' : `[:, :, ${ranges.join(', ')}]`
  return context.assign(node, activated(node.id, chosenActivation(context, node), `${member}(${input.name})${cut}`), shape)
}

/** PyTorch pads alike before and after: other pads come from a module before. `most`: as far as the module itself pads. */
export function padded(
  context: TorchContext,
  node: Node,
  x: string,
  { pads: [top, left, bottom, right] }: Window,
  className: string,
  options: readonly PythonValue[] = [],
  most: readonly [number, number] = [Infinity, Infinity],
): { readonly x: string; readonly pads: readonly [number, number] } {
  if (top === bottom && left === right && top <= most[0] && left <= most[1]) return { x, pads: [top, left] }
  const member = context.member(`${context.identifier(node)}_padding`, className, [[left, right, top, bottom], ...options])
  return { x: `${member}(${x})`, pads: [0, 0] }
}

/** A pair as one number where both are equal. */
export function size(pair: readonly [number, number]): PythonValue {
  return pair[0] === pair[1] ? pair[0] : pair
}

export function given(name: string, pair: readonly [number, number], usual: number): Record<string, PythonValue> {
  return pair.every((each) => each === usual) ? {} : { [name]: size(pair) }
}

function bias(node: Node): Record<string, PythonValue> {
  return node.useBias === true ? {} : { bias: false }
}
