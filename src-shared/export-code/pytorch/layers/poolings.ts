import type { Padding, Pair, Window } from '@shared/catalog/layers/parts/geometry'
import { poolWindow } from '@shared/catalog/layers/parts/pooling'
import type { Shape } from '@shared/graph'
import { pythonList, type PythonValue } from '../../python/literal'
import { averageShares } from '../../training/average-shares'
import type { Node, TorchContext, TorchValue } from '../context'
import { given, padded, size } from './kernels'

/** PyTorch's pools pad by at most half their window. */
function half({ kernel }: Window): readonly [number, number] {
  return [Math.floor(kernel[0] / 2), Math.floor(kernel[1] / 2)]
}

export function maxPooling2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const window = windowOfPool(node, input)
  const { x, pads } = padded(context, node, input.name, window, 'nn.ConstantPad2d', [-Infinity], half(window))
  return context.assign(node, `${context.member(context.identifier(node), 'nn.MaxPool2d', [size(window.kernel)], { ...strides(window), ...given('padding', pads, 0) })}(${x})`, shape)
}

export function averagePooling2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const window = windowOfPool(node, input)
  const counted = node.countIncludePad === true
  const { x, pads } = padded(context, node, input.name, window, 'nn.ZeroPad2d', [], half(window))
  const byModule = pads.some((pad) => pad > 0)
  const options = { ...strides(window), ...given('padding', pads, 0), ...(byModule && !counted ? { count_include_pad: false } : {}) }
  const member = context.member(context.identifier(node), 'nn.AvgPool2d', [size(window.kernel)], options)
  const outside = !byModule && !counted && window.pads.some((pad) => pad > 0)
  if (!outside) return context.assign(node, `${member}(${x})`, shape)
  const { rows, columns } = averageShares(input.shape, window)
  return context.assign(node, `${member}(${x}) * torch.outer(torch.tensor(${pythonList(rows)}), torch.tensor(${pythonList(columns)})).to(${input.name})`, shape)
}

function windowOfPool(node: Node, input: TorchValue): Window {
  return poolWindow(input.shape, node as unknown as { poolSize: Pair; strides?: Pair; padding: Padding })
}

function strides({ kernel, strides: given }: Window): Record<string, PythonValue> {
  return given.every((stride, axis) => stride === kernel[axis]) ? {} : { stride: size(given) }
}

export function globalAveragePooling2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${input.name}.mean(dim=(2, 3))`, shape)
}

export function globalMaxPooling2d(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  return context.assign(node, `${input.name}.amax(dim=(2, 3))`, shape)
}
