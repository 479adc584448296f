import { conv1dWindow } from '@shared/catalog/layers/conv1d'
import { pool1dWindow, window1dOf, type Padding1d, type Window1d } from '@shared/catalog/layers/parts/window1d'
import type { Shape } from '@shared/graph'
import { pythonList } from '../../python/literal'
import { averageShares1d } from '../../training/average-shares1d'
import type { KerasContext, KerasForm, Node, Placed } from '../context'
import { transposed } from '../layout'
import type { KerasConfig } from '../model'
import { conv2d } from './convolutions'
import { appendActivated } from './dense'
import { averagePooling2d, maxPooling2d } from './poolings'

/** How a window's padding is said in Keras; explicit where no name gives these pads. */
function paddingName(steps: number, window: Window1d, causal: boolean): 'valid' | 'same' | 'causal' | 'explicit' {
  if (window.pads.every((pad) => pad === 0)) return 'valid'
  const names = causal ? (['same', 'causal'] as const) : (['same'] as const)
  const named = names.find((padding) => {
    const { pads } = window1dOf(steps, { ...window, padding })
    return pads[0] === window.pads[0] && pads[1] === window.pads[1]
  })
  return named ?? 'explicit'
}

/** A window over time as one over images of a single column, whose forms know more. `options`: what the image's layer has in place of the sequence's. */
function asImage(context: KerasContext, node: Node, input: Placed, shape: Shape, form: KerasForm, { pads, ...options }: { readonly pads: readonly [number, number]; readonly [option: string]: unknown }): Placed {
  const [steps, features] = input.shape
  const image = context.layer(`${node.id}_image`, [input.name], 'Reshape', { target_shape: [steps, 1, features] })
  const made = form(context, { ...node, ...options, padding: [pads[0], 0, pads[1], 0] }, [{ name: image, shape: [features, steps, 1], order: null }], [shape[1], shape[0], 1])
  return { name: context.layer(`${node.id}_sequence`, [made.name], 'Reshape', { target_shape: shape }), shape, order: null }
}

function poolAsImage(context: KerasContext, node: Node, input: Placed, shape: Shape, form: KerasForm, { size, stride, pads }: Window1d): Placed {
  return asImage(context, node, input, shape, form, { pads, poolSize: [size, 1], strides: [stride, 1] })
}

export function conv1d(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Shape): Placed {
  const [steps, features] = input.shape
  const { filters, groups, ...options } = node as unknown as { filters: number; groups: number; kernelSize: number; strides: number; padding: Padding1d; dilation: number }
  const window = conv1dWindow(steps, options)
  const named = paddingName(steps, window, context.target === 'keras')
  // Keras strides no dilated window, and TensorFlow.js knows neither groups nor pads before the start alone.
  if ((window.stride > 1 && window.dilation > 1) || (context.target === 'tfjs' && (groups > 1 || named === 'explicit'))) {
    return asImage(context, node, input, shape, conv2d, { type: 'conv2d', pads: window.pads, kernelSize: [window.size, 1], strides: [window.stride, 1], dilation: [window.dilation, 1] })
  }
  const padded = named === 'explicit' ? { ...input, name: context.layer(`${node.id}_padding`, [input.name], 'ZeroPadding1D', { padding: window.pads }) } : input
  const own = [filters, features / groups, window.size]
  return appendActivated(context, node, padded, {
    className: 'Conv1D',
    config: {
      filters,
      kernel_size: window.size,
      ...(window.stride === 1 ? {} : { strides: window.stride }),
      ...(window.dilation === 1 ? {} : { dilation_rate: window.dilation }),
      ...(groups === 1 ? {} : { groups }),
      ...(named === 'valid' || named === 'explicit' ? {} : { padding: named }),
    },
    argument: 'kernel',
    shape,
    kernelOutputs: filters,
    kernel: context.weight(node, 'kernel', 'kernel', [window.size, own[1], filters], (values) => transposed(values, own, [2, 1, 0])),
  })
}

function poolConfig({ size, stride }: Window1d, named: string): KerasConfig {
  return { pool_size: size, ...(stride === size ? {} : { strides: stride }), ...(named === 'same' ? { padding: 'same' } : {}) }
}

function windowOfPool(node: Node, input: Placed): Window1d {
  return pool1dWindow(input.shape[0], node as unknown as { poolSize: number; strides?: number; padding: Padding1d })
}

function padded(context: KerasContext, node: Node, input: Placed, { pads: [before, after] }: Window1d, value: string): string {
  return context.expression(`${node.id}_padding`, input.name, `ops.pad({}, ((0, 0), (${String(before)}, ${String(after)}), (0, 0)), constant_values=${value})`)
}

export function maxPooling1d(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Shape): Placed {
  const window = windowOfPool(node, input)
  const named = paddingName(input.shape[0], window, false)
  if (named !== 'explicit') return { name: context.layer(node.id, [input.name], 'MaxPooling1D', poolConfig(window, named)), shape, order: null }
  if (context.target === 'tfjs') return poolAsImage(context, node, input, shape, maxPooling2d, window)
  const source = padded(context, node, input, window, 'float("-inf")')
  return { name: context.layer(node.id, [source], 'MaxPooling1D', poolConfig(window, 'valid')), shape, order: null }
}

export function averagePooling1d(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Shape): Placed {
  const window = windowOfPool(node, input)
  const named = paddingName(input.shape[0], window, false)
  const counted = node.countIncludePad === true
  // Keras on PyTorch repeats the edge where one end is padded more than the other.
  const same = named === 'same' && !counted && (context.target === 'tfjs' || window.pads[0] === window.pads[1])
  if (named === 'valid' || same) return { name: context.layer(node.id, [input.name], 'AveragePooling1D', poolConfig(window, named)), shape, order: null }
  if (context.target === 'tfjs') return poolAsImage(context, node, input, shape, averagePooling2d, window)
  const pooled = context.layer(node.id, [padded(context, node, input, window, '0.0')], 'AveragePooling1D', poolConfig(window, 'valid'))
  if (counted) return { name: pooled, shape, order: null }
  const shares = pythonList(averageShares1d(input.shape[0], window))
  return { name: context.expression(`${node.id}_share`, pooled, `{} * np.array(${shares}, "float32")[:, None]`), shape, order: null }
}

export function globalAveragePooling1d(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Shape): Placed {
  return { name: context.layer(node.id, [input.name], 'GlobalAveragePooling1D', {}), shape, order: null }
}

export function globalMaxPooling1d(context: KerasContext, node: Node, [input]: readonly Placed[], shape: Shape): Placed {
  return { name: context.layer(node.id, [input.name], 'GlobalMaxPooling1D', {}), shape, order: null }
}
