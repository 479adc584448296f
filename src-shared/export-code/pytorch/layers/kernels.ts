import { windowOf, type Padding, type Pair, type Window } from '@shared/catalog/layers/parts/geometry'
import type { Shape } from '@shared/graph'
import { transposed } from '../../keras/layout'
import type { PythonValue } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'
import { activated, chosenActivation } from './activations'

export function dense(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const [inputs] = input.shape
  const [units] = shape
  const member = context.member(context.identifier(node), 'nn.Linear', [inputs, units], bias(node))
  context.weight(member, 'weight', node, 'kernel', [units, inputs], (values) => transposed(values, [inputs, units], [1, 0]))
  if (node.useBias === true) context.weight(member, 'bias', node, 'bias', [units])
  return context.assign(node, activated(chosenActivation(context, node), `${member}(${input.name})`), shape)
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
  return context.assign(node, activated(chosenActivation(context, node), `${member}(${x})`), shape)
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
