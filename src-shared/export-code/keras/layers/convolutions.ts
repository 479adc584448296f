import { windowOf, type Padding, type Pair, type Window } from '@shared/catalog/layers/parts/geometry'
import { sizeOf, type Shape } from '@shared/graph'
import type { KerasContext, Node, Placed } from '../context'
import { transposed } from '../layout'
import type { KerasConfig, KerasWeight } from '../model'
import { activate, chosenActivation } from './activations'
import { appendActivated } from './dense'
import { paddingName, thinned, zeroPadded } from './windows'

export function conv2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const filters = Number(node.filters)
  const groups = Number(node.groups)
  const window = convolutionWindow(node, input)
  const own: Shape = [filters, input.shape[0] / groups, ...window.kernel]
  // TensorFlow.js has no groups: one convolution whose kernel is zero between groups gives the same numbers.
  const merged = groups > 1 && context.target === 'tfjs'
  const kernel = merged
    ? kernelWeight(context, node, [...window.kernel, input.shape[0], filters], (values) => transposed(acrossGroups(values, own, groups), [filters, input.shape[0], ...window.kernel], [2, 3, 1, 0]))
    : kernelWeight(context, node, [...window.kernel, own[1], filters], (values) => transposed(values, own, [2, 3, 1, 0]))
  return convolution(context, node, input, window, { className: 'Conv2D', config: { filters, ...(groups > 1 && !merged ? { groups } : {}) }, kernel, argument: 'kernel', filters })
}

export function depthwiseConv2d(context: KerasContext, node: Node, [input]: readonly Placed[]): Placed {
  const channels = input.shape[0]
  const multiplier = Number(node.depthMultiplier)
  const window = convolutionWindow(node, input)
  const own: Shape = [channels, multiplier, ...window.kernel]
  // TensorFlow.js takes no notice of its dilation: the filter with zeros in between gives the same numbers.
  const spread = context.target === 'tfjs' && window.dilations.some((dilation) => dilation > 1)
  const size = spread ? spans(window) : window.kernel
  const convert: KerasWeight['convert'] = (values) =>
    transposed(spread ? dilated(values, own, window) : values, [channels, multiplier, ...size], [2, 3, 0, 1])
  const kernel = { ...kernelWeight(context, node, [...size, channels, multiplier], convert), name: context.target === 'tfjs' ? 'depthwise_kernel' : 'kernel' }
  return convolution(context, node, input, spread ? { ...window, kernel: size, dilations: [1, 1] } : window, {
    className: 'DepthwiseConv2D',
    config: multiplier > 1 ? { depth_multiplier: multiplier } : {},
    kernel,
    argument: 'depthwise',
    filters: channels * multiplier,
  })
}

function convolutionWindow(node: Node, input: Placed): Window {
  const { kernelSize, strides, dilation, padding } = node as unknown as { kernelSize: Pair; strides: Pair; dilation: Pair; padding: Padding }
  return windowOf(input.shape, { kernel: kernelSize, strides, dilations: dilation, padding })
}

function kernelWeight(context: KerasContext, node: Node, shape: Shape, convert: KerasWeight['convert']): KerasWeight {
  return context.weight(node, 'kernel', 'kernel', shape, convert)
}

interface Filters {
  readonly className: string
  readonly config: KerasConfig
  readonly kernel: KerasWeight
  readonly argument: string
  readonly filters: number
}

/** Keras does not stride a dilated window: it visits every pixel, then rows and columns are left out. */
function convolution(context: KerasContext, node: Node, input: Placed, window: Window, { filters, config, ...layer }: Filters): Placed {
  const strided = window.strides.some((stride) => stride > 1)
  const spread = window.dilations.some((dilation) => dilation > 1)
  const apart = strided && spread
  const named = paddingName(input.shape, window)
  // What `same` pads depends on the strides.
  const explicit = named === 'explicit' || (apart && named === 'same')
  const padded = explicit ? zeroPadded(context, `${node.id}_padding`, input, window) : input
  const shape: Shape = [filters, ...window.output]
  const settings: KerasConfig = {
    ...config,
    kernel_size: window.kernel,
    ...(strided && !apart ? { strides: window.strides } : {}),
    ...(!explicit && named === 'same' ? { padding: 'same' } : {}),
    ...(spread ? { dilation_rate: window.dilations } : {}),
  }
  const appended = { ...layer, config: settings, shape, kernelOutputs: filters }
  if (!apart) return appendActivated(context, node, padded, appended)
  const chosen = chosenActivation(context, node)
  const whole = appendActivated(context, { ...node, activation: { type: 'linear' } }, padded, appended)
  return activate(context, node, `${node.id}_activation`, { name: thinned(context, node, whole.name, window.strides), shape, order: null }, chosen)
}

/** `[out, in / groups, …]` as `[out, in, …]`, zero where a filter does not look. */
function acrossGroups(values: Float32Array, [filters, depth, ...kernel]: Shape, groups: number): Float32Array {
  const area = sizeOf(kernel)
  const merged = new Float32Array(filters * depth * groups * area)
  for (let filter = 0; filter < filters; filter++) {
    const group = Math.floor((filter * groups) / filters)
    merged.set(values.subarray(filter * depth * area, (filter + 1) * depth * area), (filter * groups + group) * depth * area)
  }
  return merged
}

function spans({ kernel, dilations }: Window): readonly [number, number] {
  return [(kernel[0] - 1) * dilations[0] + 1, (kernel[1] - 1) * dilations[1] + 1]
}

function dilated(values: Float32Array, [channels, multiplier]: Shape, window: Window): Float32Array {
  const { kernel, dilations } = window
  const [height, width] = spans(window)
  const result = new Float32Array(channels * multiplier * height * width)
  for (let filter = 0; filter < channels * multiplier; filter++) {
    for (let row = 0; row < kernel[0]; row++) {
      for (let column = 0; column < kernel[1]; column++) {
        result[(filter * height + row * dilations[0]) * width + column * dilations[1]] = values[(filter * kernel[0] + row) * kernel[1] + column]
      }
    }
  }
  return result
}
